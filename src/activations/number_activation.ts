import type { FormulaRow } from "../formula/formula_row.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow, ActivationTolerance } from "./activation_row.ts";
import { freezeActivation } from "./freeze_activation.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { map } from "../tensor/symbolic.ts";

/** One number that an activation takes: its default (none: it must be given) and its limits. */
export interface NumberOption {
  readonly default?: number;
  readonly min?: number;
  readonly minExclusive?: number;
}

/** A row whose options are numbers, each a scalar of the formula under the same name. The id is the formula's. */
export function numberActivation<Options extends { readonly [K in keyof Options]?: number }>(
  formula: FormulaRow,
  limits: Readonly<Record<keyof Options & string, NumberOption>>,
  tolerance: ActivationTolerance,
): ActivationRow<Options> {
  const { id } = formula;
  const names = Object.keys(limits) as (keyof Options & string)[];
  return defineRow({
    id,
    options: names,
    formulas: [formula],
    tolerance,
    create(options?: Options): Activation {
      const what = `create ${id} activation`;
      checkOptions(what, options, names);
      const config: Record<string, number> = {};
      for (const name of names) {
        const { default: standard, ...range } = limits[name];
        config[name] = checkNumber(what, name, options?.[name] ?? standard, range);
      }
      return freezeActivation({ id, config, apply: (g, x) => map(g, id, [x], config) });
    },
  });
}
