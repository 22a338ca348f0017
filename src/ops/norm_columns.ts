import { map } from "../tensor/symbolic.ts";
import { checkRows } from "./check_rows.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { byParameter, count, matrixOf, type Op, readColumns, write } from "./op.ts";

/**
 * The Euclidean norm over all axes but the last: y[j] = √Σ x[..., j]².
 *
 * x [..., width] → y [width]. It is finite for all finite x, and its gradient is 0 where it is 0. Every column is added up in the order
 * of the rows, whoever adds it.
 */
export const normColumns: Op = {
  takes: { inputs: 1 },
  shape([x]) {
    checkRows("norm_columns", x);
    return x.slice(-1);
  },

  differentiate(g, node, dy) {
    const [x] = node.inputs;
    return [g.apply("scale_columns", [x, map(g, "norm_slope", [node, dy])])];
  },

  evaluate([x]) {
    const { rows, width } = matrixOf(x.shape);
    const y = new Float64Array(width);
    for (let r = 0; r < rows; r++) {
      for (let j = 0; j < width; j++) y[j] += x.data[r * width + j] ** 2;
    }
    return y.map(Math.sqrt);
  },

  lower({ node, output, inputs: [x], call }) {
    const { rows, width } = matrixOf(node.inputs[0].shape);
    call(
      "norm_columns_forward",
      [write(output, 1), readColumns(x, 1, width), rows, count(), width],
      byParameter(width),
    );
  },

  cost: (node) => costOfPass(node, 2),
};
