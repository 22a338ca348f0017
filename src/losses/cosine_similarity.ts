import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { map } from "../tensor/symbolic.ts";
import { alignClasses } from "./align_classes.ts";
import type { Loss } from "./loss.ts";
import type { LossOptions, LossRow } from "./loss_row.ts";
import { readClassAxis } from "./read_class_axis.ts";
import { readReduction } from "./read_reduction.ts";
import { sumLastAxis } from "./sum_last_axis.ts";

/** Options of cosine_similarity. */
export interface CosineSimilarityOptions extends LossOptions {
  /** The axis of the vectors, negative ones counted from the end, 0 being the batch. Defaults to −1. */
  readonly axis?: number;
}

/**
 * −Σ t/‖t‖ · p/‖p‖ over an axis, the last one unless given: −1 for the same direction, 0 for orthogonal ones and for rows of zeros, 1 for opposite ones.
 */
export function cosineSimilarity(options?: CosineSimilarityOptions): Loss {
  return cosineSimilarityRow.create(options);
}

/** Its row of the table. */
export const cosineSimilarityRow: LossRow<CosineSimilarityOptions> = defineRow({
  id: "cosine_similarity",
  options: ["axis", "reduction"],
  formulas: [],
  create(options: CosineSimilarityOptions = {}): Loss {
    checkOptions("create cosine_similarity loss", options, cosineSimilarityRow.options);
    const axis = readClassAxis("create cosine_similarity loss", options.axis);
    const reduction = readReduction("create cosine_similarity loss", options.reduction);
    return {
      id: "cosine_similarity",
      config: { axis, reduction },
      reduction,
      target: "same",
      axis,
      call(g, yTrue, yPred) {
        const { labels, predictions } = alignClasses(g, "cosine_similarity", yTrue, yPred, axis);
        const units = [labels, predictions].map((x) => g.apply("l2_normalize", [x]));
        return sumLastAxis(g, map(g, "labelled", units), -1);
      },
    };
  },
});
