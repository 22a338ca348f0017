import { checkRows } from "./check_rows.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { byParameter, count, matrixOf, type Op, readColumns, write } from "./op.ts";

/**
 * The sum over all axes but the last: y[j] = Σ x[..., j]. It is the gradient of a bias.
 *
 * x [..., width] → y [width]. Every column is added up in the order of the rows, whoever adds it.
 */
export const sumColumns: Op = {
  takes: { inputs: 1 },
  shape([x]) {
    checkRows("sum_columns", x);
    return x.slice(-1);
  },

  differentiate: (g, node, dy) => [g.apply("broadcast_columns", [dy], { leading: node.inputs[0].shape.slice(0, -1) })],

  evaluate([x]) {
    const { rows, width } = matrixOf(x.shape);
    const y = new Float64Array(width);
    for (let r = 0; r < rows; r++) {
      for (let j = 0; j < width; j++) y[j] += x.data[r * width + j];
    }
    return y;
  },

  lower({ node, output, inputs: [x], call }) {
    const { rows, width } = matrixOf(node.inputs[0].shape);
    call("sum_columns_forward", [write(output, 1), readColumns(x, 1, width), rows, count(), width], byParameter(width));
  },

  cost: (node) => costOfPass(node, 1),
};
