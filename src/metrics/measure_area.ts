/** Which curve the area is measured under. */
export type AucCurve = "ROC" | "PR" | "PRGAIN";

/** How the area between two points of a curve is measured. */
export type AucSummation = "interpolation" | "minoring" | "majoring";

/** Label weights by bucket of prediction: bucket i holds those that are above threshold i and not above i + 1. */
export interface Buckets {
  /** Weight of positive labels in each bucket. */
  readonly positives: Float64Array;
  /** Weight of negative labels in each bucket. */
  readonly negatives: Float64Array;
  /** Where the buckets begin. */
  readonly start: number;
  /** How many thresholds; the last bucket is empty. */
  readonly count: number;
}

/**
 * The area under a curve that is known at the thresholds. Between two points its height is their mean
 * (`interpolation`), the lower (`minoring`) or the higher (`majoring`); for `PR` with interpolation, true and false
 * positives are taken as linear instead: (slope / P)·(ΔTP + intercept·ln(p₂ / p₁)) with p = TP + FP
 * (Davis and Goadrich 2006, section 4). Where there is nothing to divide by, a ratio is 0.
 *
 * @param buckets The weights.
 * @param curve `ROC`: recall over false positive rate. `PR`: precision over recall. `PRGAIN`: precision gain over
 *   recall gain (Flach and Kull 2015).
 * @param summation How the area between two points is measured.
 * @returns The area.
 */
export function measureArea(buckets: Buckets, curve: AucCurve, summation: AucSummation): number {
  const { positives, negatives, start, count } = buckets;
  let [labelled, unlabelled] = [0, 0];
  for (let i = start; i < start + count; i++) {
    labelled += positives[i];
    unlabelled += negatives[i];
  }
  let [truePositives, falsePositives, area] = [0, 0, 0];
  let oldX = 0;
  let oldY = 0;
  for (let i = count - 1; i >= 0; i--) {
    const [oldTrue, oldFalse] = [truePositives, falsePositives];
    truePositives += positives[start + i];
    falsePositives += negatives[start + i];
    if (curve === "PR" && summation === "interpolation") {
      area += interpolate(oldTrue, truePositives, oldTrue + oldFalse, truePositives + falsePositives);
      continue;
    }
    let x = ratio(truePositives, labelled);
    let y = x;
    if (curve === "ROC") x = ratio(falsePositives, unlabelled);
    else if (curve === "PR") y = ratio(truePositives, truePositives + falsePositives);
    else {
      const scale = ratio(labelled, unlabelled);
      x = truePositives === 0 ? 0 : Math.max(1 - scale * (labelled - truePositives) / truePositives, 0);
      y = truePositives === 0 ? 1 : 1 - scale * falsePositives / truePositives;
    }
    if (i < count - 1) {
      const height = summation === "interpolation"
        ? (y + oldY) / 2
        : summation === "minoring"
        ? Math.min(y, oldY)
        : Math.max(y, oldY);
      area += (x - oldX) * height;
    }
    oldX = x;
    oldY = y;
  }
  return curve === "PR" && summation === "interpolation" ? ratio(area, labelled) : area;
}

/** The integral of precision over true positives between two points, times the number of labelled positives. */
function interpolate(oldTrue: number, newTrue: number, oldPredicted: number, newPredicted: number): number {
  const slope = ratio(newTrue - oldTrue, newPredicted - oldPredicted);
  const intercept = oldTrue - slope * oldPredicted;
  const growth = oldPredicted > 0 && newPredicted > 0 ? Math.log(newPredicted / oldPredicted) : 0;
  return slope * (newTrue - oldTrue + intercept * growth);
}

function ratio(numerator: number, denominator: number): number {
  return denominator === 0 ? 0 : numerator / denominator;
}
