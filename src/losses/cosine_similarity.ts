import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { map } from "../tensor/symbolic.ts";
import { alignLabels } from "./align_labels.ts";
import type { Loss } from "./loss.ts";
import type { LossOptions, LossRow } from "./loss_row.ts";
import { readReduction } from "./read_reduction.ts";
import { sumLastAxis } from "./sum_last_axis.ts";

/**
 * −Σ t/‖t‖ · p/‖p‖ over the last axis: −1 for the same direction, 0 for orthogonal ones and for rows of zeros, 1 for opposite ones.
 */
export function cosineSimilarity(options?: LossOptions): Loss {
  return cosineSimilarityRow.create(options);
}

/** Its row of the table. */
export const cosineSimilarityRow: LossRow = defineRow({
  id: "cosine_similarity",
  options: ["reduction"],
  formulas: [],
  create(options: LossOptions = {}): Loss {
    checkOptions("create cosine_similarity loss", options, cosineSimilarityRow.options);
    const reduction = readReduction("create cosine_similarity loss", options.reduction);
    return {
      id: "cosine_similarity",
      config: { reduction },
      reduction,
      target: "same",
      call(g, yTrue, yPred) {
        const labels = g.apply("l2_normalize", [alignLabels(g, "cosine_similarity", yTrue, yPred.shape)]);
        return sumLastAxis(g, map(g, "labelled", [labels, g.apply("l2_normalize", [yPred])]), -1);
      },
    };
  },
});
