import { broadcastRows as broadcastRowsBody } from "../kernels/bodies/broadcast_rows.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { count, type Op, read, write } from "./op.ts";
import { splitRows } from "./split_rows.ts";

/**
 * One number a row, repeated along a new last axis: y[..., j] = scale · x[...].
 *
 * x [...] → y [..., width]. Attributes `width`, and `scale`, 1 by default.
 */
export const broadcastRows: Op = {
  takes: { inputs: 1, needs: ["width"], may: ["scale"] },
  shape: ([x], attributes) => [...x, attributes.width as number],

  differentiate(g, { attributes: { width: _, ...attributes } }, dy) {
    return [g.apply("sum_rows", [dy], attributes)];
  },

  evaluate([x], { shape, attributes }) {
    const { scale = 1, width } = attributes as { scale?: number; width: number };
    const y = new Float64Array(sizeOf(shape));
    broadcastRowsBody(y, 0, x.data, 0, scale, x.data.length, width);
    return y;
  },

  lower({ node, output, inputs: [x], call }) {
    const scale = (node.attributes.scale ?? 1) as number;
    const { split, rows, width, stride } = splitRows(node, node.shape);
    if (width === 1) call("scale_forward", [write(output, rows), read(x, rows), scale, count(rows)], split);
    else call("broadcast_rows_forward", [write(output, stride), read(x, rows), scale, count(rows), width], split);
  },

  cost: (node) => costOfPass(node, 1),
};
