/** What is said of a learning rate. */
export type RateVerdict = "too_small" | "good" | "too_large" | "diverges" | "unclear";

/** What was measured at a rate, over its seeds. */
export interface RateFacts {
  /** The share of runs whose loss or weights were not finite any more. */
  readonly broken: number;
  /** The median loss at the end. */
  readonly loss: number;
  /** The loss of answering with the mean label. */
  readonly baseline: number;
  /** 1 − loss of the last quarter of the epochs ÷ baseline, the median. */
  readonly skill: number;
  /** The share of the first 50 epochs whose loss rose, the mean. */
  readonly rises: number;
  /** ‖Δw‖/‖w‖ of an epoch, the median. */
  readonly update: number;
  /** η·λmax at the start, the mean; null if unknown. */
  readonly etaLambdaMax: number | null;
}

/**
 * The verdict on a rate. Thresholds as measured on XOR with 50 seeds a rate: every rate with η·λmax > 4.5 at the start whose loss rises in more than 20 %
 * of the first epochs solves fewer seeds than half the rate does; below η·λmax = 1 training is slow.
 */
export function judgeRate(facts: RateFacts): RateVerdict {
  const { broken, loss, baseline, skill, rises, update, etaLambdaMax } = facts;
  if (broken >= 0.5 || loss > 2 * baseline) return "diverges";
  const isLearning = skill >= 0.5;
  if (etaLambdaMax === null ? rises > 0.3 && !isLearning : etaLambdaMax > 4.5 && rises > 0.2) return "too_large";
  if (isLearning) return "good";
  if (rises < 0.1 && (etaLambdaMax === null ? update < 1e-3 : etaLambdaMax < 1)) return "too_small";
  return "unclear";
}
