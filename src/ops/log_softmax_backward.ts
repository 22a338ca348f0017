import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { mapRows } from "./map_rows.ts";
import { noSecondDerivative } from "./no_second_derivative.ts";
import { count, matrixOf, type Op, read, write } from "./op.ts";
import { splitRows } from "./split_rows.ts";

/**
 * The backward pass of log_softmax, from its output: dx = dy − e^y · Σ dy.
 *
 * dy, y [..., width] → dx [..., width].
 */
export const logSoftmaxBackward: Op = {
  takes: { inputs: 2 },
  inPlace: true,

  shape([dy, y]) {
    checkShapes("apply log_softmax_backward", "dy and y must have one shape", y, dy);
    return y;
  },

  differentiate: noSecondDerivative("log_softmax_backward"),

  evaluate([dy, y]) {
    const { width } = matrixOf(y.shape);
    return mapRows([dy, y], [width, width], (g, p) => {
      const sum = g.reduce((a, b) => a + b, 0);
      return g.map((v, j) => v - Math.exp(p[j]) * sum);
    });
  },

  lower({ node, output, inputs: [dy, y], call }) {
    const { split, rows, width, stride } = splitRows(node, node.shape);
    call("log_softmax_backward", [write(output, stride), read(dy, stride), read(y, stride), count(rows), width], split);
  },

  cost: (node) => costOfPass(node, 15),
};
