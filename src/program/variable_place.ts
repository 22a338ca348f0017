import type { Shape } from "../tensor/shape.ts";

/** Where a variable of the model lives. */
export interface VariablePlace {
  /** `<layer>/<weight>`, for example `dense/kernel`. */
  readonly name: string;
  readonly shape: Shape;
  /** `weights`: what an optimizer changes; `state`: what layers keep for themselves, and the weights of frozen layers. */
  readonly block: "weights" | "state";
  /** Where it begins in its block, in elements; a multiple of 4. Gradients and optimizer slots have the layout of `weights`. */
  readonly offset: number;
  /** Its size; the padding up to a multiple of 4 is not counted. */
  readonly elements: number;
  /** Whether training changes it. */
  readonly trainable: boolean;
}
