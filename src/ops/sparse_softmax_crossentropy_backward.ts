import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { ignoredLabel } from "./ignored_label.ts";
import { mapRows } from "./map_rows.ts";
import { noSecondDerivative } from "./no_second_derivative.ts";
import { count, matrixOf, type Op, read, write } from "./op.ts";
import { softmaxOf } from "./softmax_of.ts";
import { splitRows } from "./split_rows.ts";

/**
 * The backward pass of sparse_softmax_crossentropy: dz = dy · (softmax(z) − onehot(label)), 0 for the ignored label.
 *
 * dy [...], z [..., width], labels [...] or [..., 1] → dz [..., width]. Attribute `ignoreClass` as in the forward pass.
 */
export const sparseSoftmaxCrossentropyBackward: Op = {
  takes: { inputs: 3, may: ["ignoreClass"] },
  shape([dy, z]) {
    checkShapes("apply sparse_softmax_crossentropy_backward", "dy must have one element a row", z.slice(0, -1), dy);
    return z;
  },

  differentiate: noSecondDerivative("sparse_softmax_crossentropy_backward"),

  evaluate([dy, z, labels], node) {
    const { width } = matrixOf(z.shape);
    const ignored = ignoredLabel(node.attributes);
    return mapRows([dy, z, labels], [1, width, 1], ([g], row, [label]) => {
      if (label === ignored) return new Float64Array(width);
      if (label < 0 || label >= width) return new Float64Array(width).fill(NaN);
      return softmaxOf(row).p.map((p, j) => g * (p - (j === label ? 1 : 0)));
    });
  },

  lower({ node, output, inputs: [dy, z, labels], call }) {
    const { split, rows, width, stride } = splitRows(node, node.shape);
    call("sparse_softmax_crossentropy_backward", [
      write(output, stride),
      read(dy, rows),
      read(z, stride),
      read(labels, rows),
      ignoredLabel(node.attributes),
      count(rows),
      width,
    ], split);
  },

  cost: (node) => costOfPass(node, 20),
};
