import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { checkString } from "../errors/check_string.ts";
import { defineRow } from "../tables/define_row.ts";
import { buildMetric } from "./build_metric.ts";
import { checkWidths } from "./check_widths.ts";
import { fitColumns } from "./fit_columns.ts";
import { isPositive } from "./is_positive.ts";
import type { Metric, MetricBatch, MetricOptions, MetricState } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";
import { readSums } from "./read_sums.ts";
import type { StateValue } from "../tensor/state_value.ts";

/** How the scores of several classes become one. */
export type F1Average = "micro" | "macro" | "weighted";

/** Options of {@linkcode f1Score}. */
export interface F1Options extends MetricOptions {
  /**
   * `"micro"` counts all classes together, `"macro"` takes the mean over classes, `"weighted"` the mean weighted by how
   * often each is labelled; null gives one score a class. Default null.
   */
  average?: F1Average | null;
  /**
   * Predictions above it are positive, in (0, 1]. Null: the largest of each row is (all of them if several are equal,
   * none if it is 0). Default null, which reads as 0.5 where there is a single column.
   */
  threshold?: number | null;
}

/**
 * The harmonic mean of precision and recall, 2·TP / (2·TP + FP + FN) for each class; 0 if a class is neither labelled nor
 * predicted. `yTrue [rows, classes]` 0 or 1 (or class indices `[rows, 1]`, read as one-hot), `yPred [rows, classes]`.
 * Higher is better. Source: Keras 3 `F1Score`. It differs in two points: no 1e-7 is added to denominators, and a single
 * column is cut at 0.5 by default (Keras would call its every value the largest, so always positive).
 *
 * @param options `average` (null), `threshold` (null), `name` (`"f1_score"`).
 * @returns The metric; its result is a list with `average: null` and more than one class.
 */
export function f1Score(options: F1Options = {}): Metric {
  const id = "f1_score";
  const what = `create ${id} metric`;
  checkOptions(what, options, ["name", "average", "threshold"]);
  const { average = null, threshold = null } = options;
  if (average !== null) checkString(what, "average", average, ["micro", "macro", "weighted"]);
  if (threshold !== null) checkNumber(what, "threshold", threshold, { minExclusive: 0, max: 1 });
  return buildMetric(
    id,
    "max",
    { name: options.name ?? id, average, threshold },
    () => createState(average, threshold),
  );
}

function createState(average: F1Average | null, threshold: number | null): MetricState {
  let counts = new Float64Array(0); // for each class: true positives, false positives, false negatives
  return {
    reset(): void {
      counts.fill(0);
    },
    update(batch: MetricBatch): void {
      checkWidths("f1_score", batch, "same or index");
      const { yTrue, yPred, rows, trueWidth, predWidth, sampleWeight } = batch;
      counts = fitColumns("f1_score", counts, 3 * predWidth);
      const cut = Math.fround(threshold ?? 0.5);
      const byLargest = threshold === null && predWidth > 1;
      for (let row = 0; row < rows; row++) {
        const weight = sampleWeight === null ? 1 : sampleWeight[row];
        if (weight === 0) continue;
        const start = row * predWidth;
        let largest = -Infinity;
        if (byLargest) { for (let i = start; i < start + predWidth; i++) largest = Math.max(largest, yPred[i]); }
        for (let column = 0; column < predWidth; column++) {
          const value = yPred[start + column];
          const predicted = byLargest ? value >= largest && Math.abs(value) > 1e-9 : value > cut;
          const labelled = isPositive(yTrue, row, column, trueWidth, predWidth);
          if (predicted) counts[3 * column + (labelled ? 0 : 1)] += weight;
          else if (labelled) counts[3 * column + 2] += weight;
        }
      }
    },
    result(): number | number[] {
      const classes = counts.length / 3;
      let [truePositives, falsePositives, falseNegatives] = [0, 0, 0];
      let [sum, weightedSum] = [0, 0];
      const scores: number[] = [];
      for (let i = 0; i < counts.length; i += 3) {
        truePositives += counts[i];
        falsePositives += counts[i + 1];
        falseNegatives += counts[i + 2];
        const score = divide(counts[i], counts[i + 1], counts[i + 2]);
        scores.push(score);
        sum += score;
        weightedSum += score * (counts[i] + counts[i + 2]);
      }
      if (classes === 0) return 0;
      if (average === "micro") return divide(truePositives, falsePositives, falseNegatives);
      if (average === "macro") return sum / classes;
      const labelled = truePositives + falseNegatives;
      if (average === "weighted") return labelled === 0 ? 0 : weightedSum / labelled;
      return classes === 1 ? scores[0] : scores;
    },
    getState: () => counts.slice(),
    setState(state: StateValue): void {
      counts = readSums("f1_score", state, (length) => length % 3 === 0);
    },
  };
}

function divide(truePositives: number, falsePositives: number, falseNegatives: number): number {
  const denominator = 2 * truePositives + falsePositives + falseNegatives;
  return denominator === 0 ? 0 : 2 * truePositives / denominator;
}

/** Its row of the table. */
export const f1ScoreRow: MetricRow = defineRow({ id: "f1_score", ofProbabilities: true, create: f1Score });
