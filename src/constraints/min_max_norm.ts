import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { add, max, min, mul, sub } from "../formula/build.ts";
import { scalar, vector } from "../formula/expression.ts";
import { defineRow } from "../tables/define_row.ts";
import { checkAxis } from "./check_axis.ts";
import type { Constraint } from "./constraint.ts";
import type { ConstraintRow } from "./constraint_row.ts";
import { normFactor } from "./norm_factor.ts";
import { scaleByNorm } from "./scale_by_norm.ts";

/** Options of `minMaxNorm`. */
export interface MinMaxNormOptions {
  /** The smallest norm, >= 0; 0 by default. */
  minValue?: number;
  /** The largest norm, >= minValue; 1 by default. */
  maxValue?: number;
  /** How far the norm moves towards the interval at every step, from 0 (not at all) to 1 (into it, the default). */
  rate?: number;
  /** The axis or axes along which norms are taken; 0 by default: of a kernel `[in, units]`, the weights into one unit. */
  axis?: number | readonly number[];
}

const norm = vector("norm");
const clipped = min(max(norm, scalar("minValue")), scalar("maxValue"));
const desired = add(mul(scalar("rate"), clipped), mul(sub(1, scalar("rate")), norm));
const factor = normFactor("min_max_norm_factor", desired);

/**
 * w = w · (rate · clip(‖w‖, minValue, maxValue) + (1 − rate) · ‖w‖) / (‖w‖ + 1e-7), with the norm along `axis`.
 *
 * @param options Limits, rate, axis.
 * @returns The constraint; `project` throws a RangeError for an axis that the weight does not have, or that is not supported.
 * @throws {RangeError} If an option is out of range, or minValue > maxValue.
 */
export function minMaxNorm(options: MinMaxNormOptions = {}): Constraint {
  const what = "create min_max_norm constraint";
  checkOptions(what, options, ["minValue", "maxValue", "rate", "axis"]);
  const minValue = checkNumber(what, "minValue", options.minValue ?? 0, { min: 0 });
  const maxValue = checkNumber(what, "maxValue", options.maxValue ?? 1, { min: minValue });
  const rate = checkNumber(what, "rate", options.rate ?? 1, { min: 0, max: 1 });
  const axis = checkAxis(what, options.axis ?? 0);
  const scalars = { minValue, maxValue, rate };
  return {
    id: "min_max_norm",
    config: { ...scalars, axis },
    project: (g, w) => scaleByNorm(g, w, { id: "min_max_norm", axis, formula: factor.id, scalars }),
  };
}

/** Its row of the table. */
export const minMaxNormRow: ConstraintRow = defineRow({ id: "min_max_norm", formulas: [factor], create: minMaxNorm });
