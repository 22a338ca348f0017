import { notEqual } from "../compose/comparisons.ts";
import type { Symbolic } from "../tensor/symbolic.ts";

/** The formulas that give 0 or 1. */
const COMPARISONS: ReadonlySet<unknown> = new Set(["equal", "not_equal", "differs_from", "greater", "greater_equal"]);

/** A mask of 1 and 0: 1 where `x` is not 0. */
export function binaryMask(x: Symbolic): Symbolic {
  return x.op === "map" && COMPARISONS.has(x.attributes.formula) ? x : notEqual(x, 0);
}
