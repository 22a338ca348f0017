import { broadcastColumns as broadcastColumnsBody } from "../kernels/bodies/broadcast_columns.ts";
import type { Shape } from "../tensor/shape.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { count, matrixOf, type Op, read, write } from "./op.ts";
import { splitRows } from "./split_rows.ts";

/**
 * One row, repeated along new leading axes: y[..., j] = x[j].
 *
 * x [width] → y [...leading, width]. Attribute `leading`, a shape.
 */
export const broadcastColumns: Op = {
  takes: { inputs: 1, needs: ["leading"] },
  shape: ([x], attributes) => [...attributes.leading as Shape, x[0]],

  differentiate: (g, _, dy) => [g.apply("sum_columns", [dy])],

  evaluate([x], node) {
    const { rows, width } = matrixOf(node.shape);
    const y = new Float64Array(rows * width);
    broadcastColumnsBody(y, 0, x.data, 0, rows, width);
    return y;
  },

  lower({ node, output, inputs: [x], call }) {
    const { split, rows, width, stride } = splitRows(node, node.shape);
    call("broadcast_columns_forward", [write(output, stride), read(x, 0), count(rows), width], split);
  },

  cost: (node) => costOfPass(node, 0),
};
