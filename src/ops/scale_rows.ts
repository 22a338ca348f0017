import { map } from "../tensor/symbolic.ts";
import { checkRows } from "./check_rows.ts";
import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { mapRows } from "./map_rows.ts";
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

  evaluate: ([x, s]) => mapRows([x, s], [matrixOf(x.shape).width, 1], (row, [factor]) => row.map((v) => v * factor)),

  lower({ node, output, inputs: [x, s], call }) {
    const { split, rows, width, stride } = splitRows(node, node.shape);
    call("scale_rows_forward", [write(output, stride), read(x, stride), read(s, rows), count(rows), width], split);
  },

  cost: (node) => costOfPass(node, 1),
};
