import { checkOptions } from "../errors/check_options.ts";
import { add, greater, max, mul, select, sub } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { formulaRow } from "../formula/formula_row.ts";
import { defineRow } from "../tables/define_row.ts";
import { map } from "../tensor/symbolic.ts";
import { alignLabels } from "./align_labels.ts";
import type { Loss } from "./loss.ts";
import { lossFormula } from "./loss_formula.ts";
import type { LossOptions, LossRow } from "./loss_row.ts";
import { readReduction } from "./read_reduction.ts";
import { sumLastAxis } from "./sum_last_axis.ts";

const t = vector("t");
const p = vector("p");
const gap = add(sub(vector("other"), vector("own")), 1);
const open = greater(gap, 0);

/** max(max (1 − t)·p − Σ t·p + 1, 0) over the last axis; labels are one-hot: the right class should lead by 1. */
export function categoricalHinge(options?: LossOptions): Loss {
  return categoricalHingeRow.create(options);
}

/** Its row of the table. */
export const categoricalHingeRow: LossRow = defineRow({
  id: "categorical_hinge",
  options: ["reduction"],
  formulas: [
    lossFormula("labelled", mul(t, p)),
    lossFormula("unlabelled", mul(sub(1, t), p)),
    formulaRow("hinge_gap", max(gap, 0), {
      vectors: ["other", "own"],
      gradients: { other: select(open, 1, 0), own: select(open, -1, 0) },
    }),
  ],
  create(options: LossOptions = {}): Loss {
    checkOptions("create categorical_hinge loss", options, categoricalHingeRow.options);
    const reduction = readReduction("create categorical_hinge loss", options.reduction);
    return {
      id: "categorical_hinge",
      config: { reduction },
      reduction,
      target: "distribution",
      call(g, yTrue, yPred) {
        const labels = alignLabels(g, "categorical_hinge", yTrue, yPred.shape);
        const own = sumLastAxis(g, map(g, "labelled", [labels, yPred]), 1);
        const other = g.apply("max_rows", [map(g, "unlabelled", [labels, yPred])]);
        return map(g, "hinge_gap", [other, own]);
      },
    };
  },
});
