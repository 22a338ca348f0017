import { checkRows } from "./check_rows.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { mapRows } from "./map_rows.ts";
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

  evaluate: ([x]) =>
    mapRows([x], [matrixOf(x.shape).width], (row) => [row.reduce((a, b) => Math.max(a, b), -Infinity)]),

  lower({ node, output, inputs: [x], call }) {
    const { split, rows, width, stride } = splitRows(node, node.inputs[0].shape);
    call("max_rows_forward", [write(output, rows), read(x, stride), count(rows), width], split);
  },

  cost: (node) => costOfPass(node, 1),
};
