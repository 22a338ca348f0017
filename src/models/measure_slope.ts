/** The slope of a function at a point. */
export interface Slope {
  /** The slope; at a kink the one between those of both sides that is nearest to what was expected. */
  readonly slope: number;
  /** At a kink the slopes below and above, else null. */
  readonly kink: readonly [below: number, above: number] | null;
}

/** The step is made a tenth so often, where the slopes below and above differ. */
const REFINEMENTS = 2;
/** Slopes that differ by less, relative to the larger, are those of a curve. */
const CURVE = 1e-3;
/** Differences of f that are smaller, relative to f, are rounding. */
const ROUNDING = 1e-13;

/**
 * Measures the slope of a function by the central difference (f(x + h) − f(x − h)) / 2h, h = 1e-5 · max(1, |x|).
 *
 * Where the differences to both sides disagree, the step is made smaller. Those of a curve then come together in proportion to h, and those
 * of a kink within the first step meet once it is outside. Those that stay apart are those of a kink at x.
 *
 * @param f the function
 * @param x the point
 * @param expected what the slope should be
 */
export function measureSlope(f: (x: number) => number, x: number, expected: number): Slope {
  const middle = f(x);
  let h = 1e-5 * Math.max(1, Math.abs(x));
  let gap = Infinity;
  for (let refinement = 0;; refinement++, h /= 10) {
    const [above, below] = [f(x + h), f(x - h)];
    const [slopeAbove, slopeBelow] = [(above - middle) / h, (middle - below) / h];
    const slope = (above - below) / (2 * h);
    const before = gap;
    gap = Math.abs(slopeAbove - slopeBelow);
    const isCurve = gap <= CURVE * Math.max(Math.abs(slope), Math.abs(expected)) ||
      gap * h <= ROUNDING * Math.abs(middle);
    if (isCurve) return { slope, kink: null };
    if (refinement < REFINEMENTS) continue;
    if (gap < before / 2) return { slope, kink: null };
    const [low, high] = slopeBelow < slopeAbove ? [slopeBelow, slopeAbove] : [slopeAbove, slopeBelow];
    return { slope: Math.min(high, Math.max(low, expected)), kink: [slopeBelow, slopeAbove] };
  }
}
