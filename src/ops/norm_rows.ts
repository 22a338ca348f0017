import { normRows as normRowsBody } from "../kernels/bodies/norm_rows.ts";
import { map } from "../tensor/symbolic.ts";
import { checkRows } from "./check_rows.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { count, matrixOf, type Op, read, write } from "./op.ts";
import { splitRows } from "./split_rows.ts";

/**
 * The Euclidean norm along the last axis: y = √Σ x².
 *
 * x [..., width] → y [...]. It is finite for all finite x, and its gradient is 0 where it is 0.
 */
export const normRows: Op = {
  takes: { inputs: 1 },
  shape([x]) {
    checkRows("norm_rows", x);
    return x.slice(0, -1);
  },

  differentiate(g, node, dy) {
    const [x] = node.inputs;
    return [g.apply("scale_rows", [x, map(g, "norm_slope", [node, dy])])];
  },

  evaluate([x]) {
    const { rows, width } = matrixOf(x.shape);
    const y = new Float64Array(rows);
    normRowsBody(y, 0, x.data, 0, rows, width);
    return y;
  },

  lower({ node, output, inputs: [x], call }) {
    const { split, rows, width, stride } = splitRows(node, node.inputs[0].shape);
    call("norm_rows_forward", [write(output, rows), read(x, stride), count(rows), width], split);
  },

  cost: (node) => costOfPass(node, 2),
};
