import { greaterEqual, max, min, select } from "../formula/build.ts";
import type { Expression, Operand } from "../formula/expression.ts";

/** Keras's epsilon: probabilities are kept this far from 0 and 1 before a logarithm. */
export const EPSILON = 1e-7;

/** min(max(e, low), high) */
export function clip(e: Expression, low: number, high: number): Expression {
  return min(max(e, low), high);
}

/** `then` where low ≤ e ≤ high, 0 elsewhere: what is left of a derivative behind `clip`. */
export function within(e: Expression, low: number, high: number, then: Operand): Expression {
  return select(greaterEqual(e, low), select(greaterEqual(high, e), then, 0), 0);
}
