import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { checkAxis } from "./check_axis.ts";
import type { Constraint } from "./constraint.ts";
import type { ConstraintRow } from "./constraint_row.ts";
import { normFactor } from "./norm_factor.ts";
import { scaleByNorm } from "./scale_by_norm.ts";

/** Options of `unitNorm`. */
export interface UnitNormOptions {
  /** The axis or axes along which norms are taken; 0 by default: of a kernel `[in, units]`, the weights into one unit. */
  axis?: number | readonly number[];
}

const factor = normFactor("unit_norm_factor", 1);

/**
 * w = w / (‖w‖ + 1e-7), with the norm along `axis`.
 *
 * @param options The axis.
 * @returns The constraint; `project` throws a RangeError for an axis that the weight does not have, or that is not supported.
 * @throws {RangeError} If the axis is not an integer.
 */
export function unitNorm(options: UnitNormOptions = {}): Constraint {
  const what = "create unit_norm constraint";
  checkOptions(what, options, ["axis"]);
  const axis = checkAxis(what, options.axis ?? 0);
  return {
    id: "unit_norm",
    config: { axis },
    project: (g, w) => scaleByNorm(g, w, { id: "unit_norm", axis, formula: factor.id, scalars: {} }),
  };
}

/** Its row of the table. */
export const unitNormRow: ConstraintRow = defineRow({ id: "unit_norm", formulas: [factor], create: unitNorm });
