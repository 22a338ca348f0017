import { checkRows } from "./check_rows.ts";
import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { mapRows } from "./map_rows.ts";
import { count, matrixOf, type Op, read, write } from "./op.ts";
import { softmaxOf } from "./softmax_of.ts";
import { splitRows } from "./split_rows.ts";

/**
 * The cross entropy of a target distribution and the softmax of logits: loss = Σ t · (ln Σ e^z − z), one a row.
 *
 * z, t [..., width] → loss [...]. Finite for all finite logits: a difference of logits below −3.4e38 counts as that. The target
 * is taken as given: nothing flows back to it.
 */
export const softmaxCrossentropy: Op = {
  takes: { inputs: 2 },
  shape([z, t]) {
    checkRows("softmax_crossentropy", z);
    checkShapes("apply softmax_crossentropy", "the target must have the shape of the logits", z, t);
    return z.slice(0, -1);
  },

  differentiate(g, node, dy) {
    return [g.apply("softmax_crossentropy_backward", [dy, ...node.inputs], node.attributes), null];
  },

  evaluate([z, t]) {
    const { width } = matrixOf(z.shape);
    return mapRows([z, t], [width, width], (row, target) => {
      const { top, logSum } = softmaxOf(row);
      return [target.reduce((sum, v, j) => v === 0 ? sum : sum + v * (logSum - (row[j] - top)), 0)];
    });
  },

  lower({ node, output, inputs: [z, t], call }) {
    const { split, rows, width, stride } = splitRows(node, node.inputs[0].shape);
    call("softmax_crossentropy_forward", [
      write(output, rows),
      read(z, stride),
      read(t, stride),
      count(rows),
      width,
    ], split);
  },

  cost: (node) => costOfPass(node, 20),
};
