import { sumRows as sumRowsBody } from "../kernels/bodies/sum_rows.ts";
import { checkRows } from "./check_rows.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { count, matrixOf, type Op, read, write } from "./op.ts";
import { splitRows } from "./split_rows.ts";

/**
 * The sum over the last axis: y = scale · Σ x.
 *
 * x [..., width] → y [...]. Attribute `scale`, 1 by default; 1 / width makes it a mean.
 */
export const sumRows: Op = {
  takes: { inputs: 1, may: ["scale"] },
  shape([x]) {
    checkRows("sum_rows", x);
    return x.slice(0, -1);
  },

  differentiate(g, node, dy) {
    const { width } = matrixOf(node.inputs[0].shape);
    return [g.apply("broadcast_rows", [dy], { ...node.attributes, width })];
  },

  evaluate([x], { attributes }) {
    const scale = (attributes.scale ?? 1) as number;
    const { rows, width } = matrixOf(x.shape);
    const y = new Float64Array(rows);
    sumRowsBody(y, 0, x.data, 0, scale, rows, width);
    return y;
  },

  lower({ node, output, inputs: [x], call }) {
    const scale = (node.attributes.scale ?? 1) as number;
    const { split, rows, width, stride } = splitRows(node, node.inputs[0].shape);
    if (width === 1) call("scale_forward", [write(output, rows), read(x, rows), scale, count(rows)], split);
    else call("sum_rows_forward", [write(output, rows), read(x, stride), scale, count(rows), width], split);
  },

  cost: (node) => costOfPass(node, 1),
};
