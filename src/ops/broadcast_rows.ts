import { costOfPass } from "./cost_of_pass.ts";
import { mapRows } from "./map_rows.ts";
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

  evaluate([x], { attributes }) {
    const scale = (attributes.scale ?? 1) as number;
    return mapRows([x], [1], ([v]) => new Float64Array(attributes.width as number).fill(v * scale));
  },

  lower({ node, output, inputs: [x], call }) {
    const scale = (node.attributes.scale ?? 1) as number;
    const { split, rows, width, stride } = splitRows(node, node.shape);
    if (width === 1) call("scale_forward", [write(output, rows), read(x, rows), scale, count(rows)], split);
    else call("broadcast_rows_forward", [write(output, stride), read(x, rows), scale, count(rows), width], split);
  },

  cost: (node) => costOfPass(node, 1),
};
