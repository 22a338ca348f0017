import type { FormulaRow } from "../formula/formula_row.ts";
import type { Activation } from "./activation.ts";

/** How far a float32 kernel may be from the float64 reference. */
export interface ActivationTolerance {
  /** Largest error of the forward kernel, in units of the last place of max(|y|, |x|·`floor`). */
  readonly forward: number;
  /** Largest error of the backward kernel for dy = 1, in units of the last place of max(|dx|, `floor`). */
  readonly backward: number;
  /** Where values cancel, errors are measured against this; 0 means that nothing cancels. */
  readonly floor: number;
  /** Why. */
  readonly reason: string;
}

/** One row of the table of activations. */
export interface ActivationRow<Options extends object = object> {
  /** Its Keras name. */
  readonly id: string;
  /** Other names that Keras accepts. */
  readonly aliases: readonly string[];
  /** The names of its options. */
  readonly options: readonly (keyof Options & string)[];
  /** The elementwise formulas that it may use; empty for linear, softmax and log_softmax. */
  readonly formulas: readonly FormulaRow[];
  /** What its kernels must keep to. */
  readonly tolerance: ActivationTolerance;
  /** Makes the activation. Throws TypeError for unknown options or types, RangeError for values. */
  create(options?: Options): Activation;
}
