import { checkOptions } from "../errors/check_options.ts";
import type { FormulaRow } from "../formula/formula_row.ts";
import { defineRow } from "../tables/define_row.ts";
import { map } from "../tensor/symbolic.ts";
import { alignLabels } from "./align_labels.ts";
import type { LabelKind, Loss } from "./loss.ts";
import type { LossOptions, LossRow } from "./loss_row.ts";
import { readReduction } from "./read_reduction.ts";
import { sumLastAxis, widthOf } from "./sum_last_axis.ts";

/** What an elementwise loss without options consists of. */
export interface ElementwiseLoss {
  /** Its Keras name. */
  readonly id: string;
  /** Other names that Keras accepts. */
  readonly aliases?: readonly string[];
  /** What labels must look like. Defaults to `same`. */
  readonly target?: LabelKind;
  /** The loss of one element, of labels t and predictions p, derived by p. */
  readonly formula: FormulaRow;
  /** What the sum over a row of the given width is multiplied by. Defaults to 1 / width: the mean. */
  readonly scale?: (width: number) => number;
  /** True if the formula is another loss's, in whose row it stands already. */
  readonly borrowed?: boolean;
}

/** A row whose loss is the sum or mean over the last axis of one formula. */
export function elementwiseLoss(parts: ElementwiseLoss): LossRow<LossOptions> {
  const { id, formula, target = "same", scale = (width: number) => 1 / width } = parts;
  return defineRow({
    id,
    aliases: parts.aliases ?? [],
    options: ["reduction"],
    formulas: parts.borrowed ? [] : [formula],
    create(options: LossOptions = {}): Loss {
      const what = `create ${id} loss`;
      checkOptions(what, options, ["reduction"]);
      const reduction = readReduction(what, options.reduction);
      return {
        id,
        config: { reduction },
        reduction,
        target,
        call(g, yTrue, yPred) {
          const t = alignLabels(g, id, yTrue, yPred.shape);
          return sumLastAxis(g, map(g, formula.id, [t, yPred]), scale(widthOf(yPred)));
        },
      };
    },
  });
}
