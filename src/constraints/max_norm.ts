import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { min } from "../formula/build.ts";
import { scalar, vector } from "../formula/expression.ts";
import { defineRow } from "../tables/define_row.ts";
import { checkAxis } from "./check_axis.ts";
import type { Constraint } from "./constraint.ts";
import type { ConstraintRow } from "./constraint_row.ts";
import { normFactor } from "./norm_factor.ts";
import { scaleByNorm } from "./scale_by_norm.ts";

/** Options of `maxNorm`. */
export interface MaxNormOptions {
  /** The largest norm, >= 0; 2 by default. */
  maxValue?: number;
  /** The axis or axes along which norms are taken; 0 by default: of a kernel `[in, units]`, the weights into one unit. */
  axis?: number | readonly number[];
}

const factor = normFactor("max_norm_factor", min(vector("norm"), scalar("maxValue")));

/**
 * w = w · min(‖w‖, maxValue) / (‖w‖ + 1e-7), with the norm along `axis`.
 *
 * Source: Srivastava et al. 2014, Dropout: a simple way to prevent neural networks from overfitting.
 *
 * @param options Largest norm, axis.
 * @returns The constraint; `project` throws a RangeError for an axis that the weight does not have, or that is not supported.
 * @throws {RangeError} If an option is out of range.
 */
export function maxNorm(options: MaxNormOptions = {}): Constraint {
  const what = "create max_norm constraint";
  checkOptions(what, options, ["maxValue", "axis"]);
  const maxValue = checkNumber(what, "maxValue", options.maxValue ?? 2, { min: 0 });
  const axis = checkAxis(what, options.axis ?? 0);
  return {
    id: "max_norm",
    config: { maxValue, axis },
    project: (g, w) => scaleByNorm(g, w, { id: "max_norm", axis, formula: factor.id, scalars: { maxValue } }),
  };
}

/** Its row of the table. */
export const maxNormRow: ConstraintRow = defineRow({ id: "max_norm", formulas: [factor], create: maxNorm });
