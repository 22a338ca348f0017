import { scaleColumns as scaleColumnsBody } from "../kernels/bodies/scale_columns.ts";
import { map } from "../tensor/symbolic.ts";
import { checkRows } from "./check_rows.ts";
import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { count, matrixOf, none, type Op, read, write } from "./op.ts";
import { splitRows } from "./split_rows.ts";

/**
 * Every column times a number and plus a number of its own: y[..., j] = x[..., j] · s[j] + o[j].
 *
 * x [..., width], s [width], o [width] → y [..., width]. Without o nothing is added.
 */
export const scaleColumns: Op = {
  takes: { inputs: [2, 3] },
  inPlace: true,

  shape([x, s, o]) {
    checkRows("scale_columns", x);
    checkShapes("apply scale_columns", "the scale must have one element a column", x.slice(-1), s);
    if (o !== undefined) {
      checkShapes("apply scale_columns", "the offset must have one element a column", x.slice(-1), o);
    }
    return x;
  },

  differentiate(g, { inputs: [x, s, o], attributes }, dy) {
    const dx = g.apply("scale_columns", [dy, s], attributes);
    const ds = g.apply("sum_columns", [map(g, "mul", [dy, x])]);
    return o === undefined ? [dx, ds] : [dx, ds, g.apply("sum_columns", [dy])];
  },

  evaluate([x, s, o]) {
    const { rows, width } = matrixOf(x.shape);
    const y = new Float64Array(x.data.length);
    scaleColumnsBody(y, 0, x.data, 0, s.data, 0, o?.data ?? y, o === undefined ? -1 : 0, rows, width);
    return y;
  },

  lower({ node, output, inputs: [x, s, o], call }) {
    const { split, rows, width, stride } = splitRows(node, node.shape);
    call("scale_columns_forward", [
      write(output, stride),
      read(x, stride),
      read(s, 0),
      o === undefined ? none : read(o, 0),
      count(rows),
      width,
    ], split);
  },

  cost: (node) => costOfPass(node, 2),
};
