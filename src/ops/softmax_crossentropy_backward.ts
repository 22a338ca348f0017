import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { mapRows } from "./map_rows.ts";
import { noSecondDerivative } from "./no_second_derivative.ts";
import { count, matrixOf, type Op, read, write } from "./op.ts";
import { softmaxOf } from "./softmax_of.ts";
import { splitRows } from "./split_rows.ts";

/**
 * The backward pass of softmax_crossentropy: dz = dy · (softmax(z) · Σ t − t).
 *
 * dy [...], z, t [..., width] → dz [..., width].
 */
export const softmaxCrossentropyBackward: Op = {
  takes: { inputs: 3 },
  shape([dy, z]) {
    checkShapes("apply softmax_crossentropy_backward", "dy must have one element a row", z.slice(0, -1), dy);
    return z;
  },

  differentiate: noSecondDerivative("softmax_crossentropy_backward"),

  evaluate([dy, z, t]) {
    const { width } = matrixOf(z.shape);
    return mapRows([dy, z, t], [1, width, width], ([g], row, target) => {
      const total = target.reduce((a, b) => a + b, 0);
      return softmaxOf(row).p.map((p, j) => g * (p * total - target[j]));
    });
  },

  lower({ node, output, inputs: [dy, z, t], call }) {
    const { split, rows, width, stride } = splitRows(node, node.shape);
    call("softmax_crossentropy_backward", [
      write(output, stride),
      read(dy, rows),
      read(z, stride),
      read(t, stride),
      count(rows),
      width,
    ], split);
  },

  cost: (node) => costOfPass(node, 20),
};
