import { map } from "../tensor/symbolic.ts";
import { checkRows } from "./check_rows.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { mapRows } from "./map_rows.ts";
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
    return mapRows([x], [matrixOf(x.shape).width], (row) => [Math.sqrt(row.reduce((sum, v) => sum + v * v, 0))]);
  },

  lower({ node, output, inputs: [x], call }) {
    const { split, rows, width, stride } = splitRows(node, node.inputs[0].shape);
    call("norm_rows_forward", [write(output, rows), read(x, stride), count(rows), width], split);
  },

  cost: (node) => costOfPass(node, 2),
};
