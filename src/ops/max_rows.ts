import { maxRows as maxRowsBody } from "../kernels/bodies/max_rows.ts";
import { checkRows } from "./check_rows.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { count, matrixOf, type Op, read, write } from "./op.ts";
import { splitRows } from "./split_rows.ts";

/**
 * The largest element along the last axis.
 *
 * x [..., width] → y [...]. Where several are largest, the gradient is shared equally among them.
 */
export const maxRows: Op = {
  takes: { inputs: 1 },
  shape([x]) {
    checkRows("max_rows", x);
    return x.slice(0, -1);
  },

  differentiate: (g, node, dy) => [g.apply("max_rows_backward", [dy, node.inputs[0], node], node.attributes)],

  evaluate([x]) {
    const { rows, width } = matrixOf(x.shape);
    const y = new Float64Array(rows);
    maxRowsBody(y, 0, x.data, 0, rows, width);
    return y;
  },

  lower({ node, output, inputs: [x], call }) {
    const { split, rows, width, stride } = splitRows(node, node.inputs[0].shape);
    call("max_rows_forward", [write(output, rows), read(x, stride), count(rows), width], split);
  },

  cost: (node) => costOfPass(node, 1),
};
