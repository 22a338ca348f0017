import type { FormulaRow } from "../formula/formula_row.ts";
import type { Row } from "../tables/row.ts";
import type { Activation } from "./activation.ts";

/** How large an error of a float32 kernel may be. */
export interface ActivationTolerance {
  /** The forward kernel. */
  readonly forward: ErrorBound;
  /** The backward kernel for dy = 1. */
  readonly backward: ErrorBound;
  /** Why. */
  readonly reason: string;
}

/** An error in units of the last place, and of what: of the value itself, or where terms cancel of something larger. */
export interface ErrorBound {
  /** Units in the last place. */
  readonly ulp: number;
  /** `value`: of the value; `argument`: of max(|value|, |x|); `one`: of max(|value|, 1). Defaults to `value`. */
  readonly of?: "value" | "argument" | "one";
}

/** One row of the table of activations. */
export interface ActivationRow<Options extends object = object> extends Row<Options, Activation> {
  /** The names of its options. */
  readonly options: readonly (keyof Options & string)[];
  /** The elementwise formulas that it may use; empty for linear, softmax and log_softmax. */
  readonly formulas: readonly FormulaRow[];
  /** What its kernels must keep to. */
  readonly tolerance: ActivationTolerance;
}
