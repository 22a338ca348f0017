import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { abs, greaterEqual, max, min, mul, neg, select, square, sub } from "../formula/build.ts";
import { scalar, vector } from "../formula/expression.ts";
import { defineRow } from "../tables/define_row.ts";
import { map } from "../tensor/symbolic.ts";
import { alignLabels } from "./align_labels.ts";
import type { Loss } from "./loss.ts";
import { lossFormula } from "./loss_formula.ts";
import type { LossOptions, LossRow } from "./loss_row.ts";
import { readReduction } from "./read_reduction.ts";
import { sumLastAxis, widthOf } from "./sum_last_axis.ts";

/** Options of the Huber loss. */
export interface HuberOptions extends LossOptions {
  /** Where the parabola becomes a line, > 0. Defaults to 1. */
  readonly delta?: number;
}

const d = sub(vector("p"), vector("t"));
const delta = scalar("delta");

/**
 * mean of d²/2 where |d| ≤ delta, else delta · (|d| − delta/2), with d = p − t: a parabola near 0 and lines outside. delta is 1 unless
 * given.
 *
 * Source: Huber 1964, Robust estimation of a location parameter.
 */
export function huber(options?: HuberOptions): Loss {
  return huberRow.create(options);
}

/** Its row of the table. */
export const huberRow: LossRow<HuberOptions> = defineRow({
  id: "huber",
  options: ["delta", "reduction"],
  formulas: [
    lossFormula(
      "huber",
      select(greaterEqual(delta, abs(d)), mul(0.5, square(d)), mul(delta, sub(abs(d), mul(0.5, delta)))),
      { gradient: max(min(d, delta), neg(delta)) },
    ),
  ],
  create(options: HuberOptions = {}): Loss {
    checkOptions("create huber loss", options, huberRow.options);
    const delta = checkNumber("create huber loss", "delta", options.delta ?? 1, { minExclusive: 0 });
    const reduction = readReduction("create huber loss", options.reduction);
    return {
      id: "huber",
      config: { delta, reduction },
      reduction,
      target: "same",
      call(g, yTrue, yPred) {
        const t = alignLabels(g, "huber", yTrue, yPred.shape);
        return sumLastAxis(g, map(g, "huber", [t, yPred], { delta }), 1 / widthOf(yPred));
      },
    };
  },
});
