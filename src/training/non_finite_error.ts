import type { History } from "./history.ts";

/** Training met NaN or Infinity. Where the weights are still finite, they are those of the last finished step. */
export class NonFiniteError extends Error {
  /** Always `"NonFiniteError"`. */
  override readonly name = "NonFiniteError";
  /** The first layer whose output, or the penalty on whose weights, is not finite; null if it is the loss. */
  readonly layer: string | null;
  /** The epoch, from 0. */
  readonly epoch: number;
  /** The batch in the epoch, from 0; null if it was found at the epoch's end. */
  readonly batch: number | null;
  /** Where `fit` threw it: the numbers of the epochs that were done. */
  declare readonly history?: History;

  /** Makes the error. */
  constructor(message: string, place: { layer: string | null; epoch: number; batch: number | null }) {
    super(message);
    this.layer = place.layer;
    this.epoch = place.epoch;
    this.batch = place.batch;
  }
}

/** What makes training explode, for messages. */
export const LIKELY_CAUSES =
  "Likely causes: a learning rate that is too high (try a tenth), gradients that explode (try clipnorm: 1), data that " +
  "are not scaled, or weights that begin too large";

/** What tells them apart. */
export const WHICH_CAUSE = 'Which: diagnose(error, model, { x, y }) of "retroprop/explain"';
