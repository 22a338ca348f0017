import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { mapRows } from "./map_rows.ts";
import { noSecondDerivative } from "./no_second_derivative.ts";
import { count, matrixOf, type Op, read, write } from "./op.ts";
import { splitRows } from "./split_rows.ts";

/**
 * The backward pass of softmax, from its output: dx = y · (dy − Σ dy·y).
 *
 * dy, y [..., width] → dx [..., width].
 */
export const softmaxBackward: Op = {
  takes: { inputs: 2 },
  inPlace: true,

  shape([dy, y]) {
    checkShapes("apply softmax_backward", "dy and y must have one shape", y, dy);
    return y;
  },

  differentiate: noSecondDerivative("softmax_backward"),

  evaluate([dy, y]) {
    const { width } = matrixOf(y.shape);
    return mapRows([dy, y], [width, width], (g, p) => {
      const inner = g.reduce((sum, v, j) => sum + v * p[j], 0);
      return g.map((v, j) => p[j] * (v - inner));
    });
  },

  lower({ node, output, inputs: [dy, y], call }) {
    const { split, rows, width, stride } = splitRows(node, node.shape);
    call("softmax_backward", [write(output, stride), read(dy, stride), read(y, stride), count(rows), width], split);
  },

  cost: (node) => costOfPass(node, 4),
};
