import { checkOptions } from "../errors/check_options.ts";
import { max } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { formulaRow } from "../formula/formula_row.ts";
import { defineRow } from "../tables/define_row.ts";
import { map } from "../tensor/symbolic.ts";
import type { Constraint } from "./constraint.ts";
import type { ConstraintRow } from "./constraint_row.ts";

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

/** Its row of the table. */
export const nonNegRow: ConstraintRow = defineRow({
  id: "non_neg",
  aliases: ["non_negative"],
  formulas: [formulaRow("non_neg", max(vector("w"), 0), { by: [] })],
  create: nonNeg,
});
