import { normalizeColumns as normalizeColumnsBody } from "../kernels/bodies/normalize_columns.ts";
import { normalizeColumnsOffset } from "../kernels/bodies/normalize_columns_offset.ts";
import { map } from "../tensor/symbolic.ts";
import { checkRows } from "./check_rows.ts";
import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { count, matrixOf, type Op, read, write } from "./op.ts";
import { splitRows } from "./split_rows.ts";

/**
 * Every column less a number, times a number and plus a number of its own: y[..., j] = (x[..., j] − m[j]) · s[j] + o[j].
 *
 * x [..., width], m [width], s [width], o [width] → y [..., width]. Without o nothing is added. The difference comes first: it is exact where x is near m, while
 * x · s − m · s would cancel.
 */
export const normalizeColumns: Op = {
  takes: { inputs: [3, 4] },
  inPlace: true,

  shape([x, m, s, o]) {
    checkRows("normalize_columns", x);
    checkShapes("apply normalize_columns", "the mean must have one element a column", x.slice(-1), m);
    checkShapes("apply normalize_columns", "the scale must have one element a column", x.slice(-1), s);
    if (o !== undefined) {
      checkShapes("apply normalize_columns", "the offset must have one element a column", x.slice(-1), o);
    }
    return x;
  },

  differentiate(g, { inputs: [x, m, s, o], attributes }, dy) {
    const one = g.apply("constant", [], { value: 1, shape: s.shape });
    const centred = g.apply("normalize_columns", [x, m, one], attributes);
    const sum = g.apply("sum_columns", [dy]);
    return [
      g.apply("scale_columns", [dy, s], attributes),
      map(g, "affine", [map(g, "mul", [sum, s])], { scale: -1, offset: 0 }),
      g.apply("sum_columns", [map(g, "mul", [dy, centred])]),
      ...(o === undefined ? [] : [sum]),
    ];
  },

  evaluate([x, m, s, o]) {
    const { rows, width } = matrixOf(x.shape);
    const y = new Float64Array(x.data.length);
    if (o === undefined) normalizeColumnsBody(y, 0, x.data, 0, m.data, 0, s.data, 0, rows, width);
    else normalizeColumnsOffset(y, 0, x.data, 0, m.data, 0, s.data, 0, o.data, 0, rows, width);
    return y;
  },

  lower({ node, output, inputs: [x, m, s, o], call }) {
    const { split, rows, width, stride } = splitRows(node, node.shape);
    call(o === undefined ? "normalize_columns_forward" : "normalize_columns_offset_forward", [
      write(output, stride),
      read(x, stride),
      read(m, 0),
      read(s, 0),
      ...(o === undefined ? [] : [read(o, 0)]),
      count(rows),
      width,
    ], split);
  },

  cost: (node) => costOfPass(node, 2),
};
