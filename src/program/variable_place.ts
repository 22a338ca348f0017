import type { Shape } from "../tensor/shape.ts";

/** Where a variable of the model lives. */
export interface VariablePlace {
  /** `<layer>/<weight>`, for example `dense/kernel`. */
  readonly name: string;
  readonly shape: Shape;
  /** `weights`: what an optimizer changes; `state`: what layers keep for themselves, and the weights of frozen layers. */
  readonly block: "weights" | "state";
  /** Where it begins in its block, in elements; a multiple of 4. */
  readonly offset: number;
  /** Where its gradient and what the optimizer keeps for it begin in their blocks: those hold the trained variables alone. −1: not trained. */
  readonly slot: number;
  /** Its size; the padding up to a multiple of 4 is not counted. */
  readonly elements: number;
  /** Whether a training step gives it a new value, which lies in the block `state_next` until the update takes it over. Default false. */
  readonly staged?: boolean;
  /**
   * Of a sparse variable that is trained: where the flags of its rows begin in the block `touched`; a step computes the gradient of those rows
   * alone whose flag is 1. undefined for others.
   */
  readonly touched?: number | undefined;
  /** Whether training changes it. */
  readonly trainable: boolean;
}
