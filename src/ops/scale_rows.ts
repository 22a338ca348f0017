import { scaleRows as scaleRowsBody } from "../kernels/bodies/scale_rows.ts";
import { map } from "../tensor/symbolic.ts";
import { checkRows } from "./check_rows.ts";
import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { count, matrixOf, type Op, read, write } from "./op.ts";
import { splitRows } from "./split_rows.ts";

/**
 * Every row times a number of its own: y[..., j] = x[..., j] · s[...].
 *
 * x [..., width], s [...] → y [..., width].
 */
export const scaleRows: Op = {
  takes: { inputs: 2, may: ["scale"] },
  inPlace: true,

  shape([x, s]) {
    checkRows("scale_rows", x);
    checkShapes("apply scale_rows", "s must have one element a row", x.slice(0, -1), s);
    return x;
  },

  differentiate(g, { inputs: [x, s], attributes }, dy) {
    return [
      g.apply("scale_rows", [dy, s], attributes),
      g.apply("sum_rows", [map(g, "mul", [dy, x])], attributes),
    ];
  },

  evaluate([x, s]) {
    const { rows, width } = matrixOf(x.shape);
    const y = new Float64Array(x.data.length);
    scaleRowsBody(y, 0, x.data, 0, s.data, 0, rows, width);
    return y;
  },

  lower({ node, output, inputs: [x, s], call }) {
    const { split, rows, width, stride } = splitRows(node, node.shape);
    call("scale_rows_forward", [write(output, stride), read(x, stride), read(s, rows), count(rows), width], split);
  },

  cost: (node) => costOfPass(node, 1),
};
