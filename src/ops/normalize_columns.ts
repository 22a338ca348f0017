import { map } from "../tensor/symbolic.ts";
import { checkRows } from "./check_rows.ts";
import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { mapRows } from "./map_rows.ts";
import { count, matrixOf, type Op, read, write } from "./op.ts";
import { splitRows } from "./split_rows.ts";

/**
 * Every column less a number and times a number of its own: y[..., j] = (x[..., j] − m[j]) · s[j].
 *
 * x [..., width], m [width], s [width] → y [..., width]. The difference comes first: it is exact where x is near m, while
 * x · s − m · s would cancel.
 */
export const normalizeColumns: Op = {
  takes: { inputs: 3 },
  inPlace: true,

  shape([x, m, s]) {
    checkRows("normalize_columns", x);
    checkShapes("apply normalize_columns", "the mean must have one element a column", x.slice(-1), m);
    checkShapes("apply normalize_columns", "the scale must have one element a column", x.slice(-1), s);
    return x;
  },

  differentiate(g, { inputs: [x, m, s], attributes }, dy) {
    const one = g.apply("constant", [], { value: 1, shape: s.shape });
    const centred = g.apply("normalize_columns", [x, m, one], attributes);
    const sum = g.apply("sum_columns", [dy]);
    return [
      g.apply("scale_columns", [dy, s], attributes),
      map(g, "affine", [map(g, "mul", [sum, s])], { scale: -1, offset: 0 }),
      g.apply("sum_columns", [map(g, "mul", [dy, centred])]),
    ];
  },

  evaluate([x, m, s]) {
    return mapRows([x], [matrixOf(x.shape).width], (row) => row.map((v, j) => (v - m.data[j]) * s.data[j]));
  },

  lower({ node, output, inputs: [x, m, s], call }) {
    const { split, rows, width, stride } = splitRows(node, node.shape);
    call("normalize_columns_forward", [
      write(output, stride),
      read(x, stride),
      read(m, 0),
      read(s, 0),
      count(rows),
      width,
    ], split);
  },

  cost: (node) => costOfPass(node, 2),
};
