import type { FormulaRow } from "../formula/formula_row.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow, ActivationTolerance } from "./activation_row.ts";
import { freezeActivation } from "./freeze_activation.ts";
import { checkOptions } from "../errors/check_options.ts";
import { map } from "../tensor/symbolic.ts";

/** Options of an activation that has none. */
export type NoOptions = Record<never, never>;

/** A row without options: the formula alone. The id is the formula's. */
export function plainActivation(
  formula: FormulaRow,
  tolerance: ActivationTolerance,
  aliases: readonly string[] = [],
): ActivationRow<NoOptions> {
  const { id } = formula;
  return defineRow({
    id,
    aliases,
    options: [],
    formulas: [formula],
    tolerance,
    create(options?: NoOptions): Activation {
      checkOptions(`create ${id} activation`, options, []);
      return freezeActivation({ id, config: {}, apply: (g, x) => map(g, id, [x]) });
    },
  });
}
