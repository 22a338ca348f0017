import type { AnyModel } from "../trace/internals_of.ts";

/** How steps of gradient descent and the curvature go together. */
export interface RateEdge {
  /** The optimizer's id. */
  readonly optimizer: string;
  /** The learning rate of the next step. */
  readonly learningRate: number;
  /** η·λmax must be below this for steps to be stable; null for an optimizer that is not gradient descent. */
  readonly edge: number | null;
  /** Whether it is gradient descent without momentum: then 2/λmax is a rate to try. */
  readonly isPlain: boolean;
}

/**
 * Where the steps of a model's optimizer become unstable on a quadratic: at η·λmax = 2 for gradient descent, 2 + 2β with momentum β,
 * (2 + 2β)/(1 + 2β) with Nesterov's.
 *
 * Source: Cohen et al. 2021, Gradient descent on neural networks typically occurs at the edge of stability, section 2 and appendix B.
 */
export function rateEdge({ trainer }: AnyModel): RateEdge {
  const { optimizer } = trainer.compiled;
  const { learningRate: rate, step } = trainer;
  const learningRate = typeof rate === "number" ? rate : rate.at(step);
  const { id, config } = optimizer;
  const { common } = "common" in optimizer ? optimizer : {}; // groups of optimizers have none
  const isDescent = id === "sgd" && common !== undefined && common.clipnorm === null && common.clipvalue === null &&
    common.globalClipnorm === null && common.emaOverwriteFrequency === null;
  if (!isDescent) return { optimizer: id, learningRate, edge: null, isPlain: false };
  const beta = config.momentum as number;
  const edge = (2 + 2 * beta) / (config.nesterov === true ? 1 + 2 * beta : 1);
  return { optimizer: id, learningRate, edge, isPlain: beta === 0 };
}
