import { checkOptions } from "../errors/check_options.ts";
import { map } from "../tensor/symbolic.ts";
import type { Constraint } from "./constraint.ts";

/**
 * w = max(w, 0)
 *
 * @param options There are none.
 * @returns The constraint.
 */
export function nonNeg(options: Record<string, never> = {}): Constraint {
  checkOptions("create non_neg constraint", options, []);
  return { id: "non_neg", config: {}, project: (g, w) => map(g, "non_neg", [w]) };
}
