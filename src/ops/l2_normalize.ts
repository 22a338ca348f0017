import { l2Normalize as l2NormalizeBody } from "../kernels/bodies/l2_normalize.ts";
import { checkRows } from "./check_rows.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { count, matrixOf, type Op, read, write } from "./op.ts";
import { splitRows } from "./split_rows.ts";

/**
 * Rows of length 1: y = x / √max(Σ x², 1e-12), over the last axis. The bound is Keras's.
 *
 * x [..., width] → y [..., width]. Exact to float32's rounding for all finite x.
 */
export const l2Normalize: Op = {
  takes: { inputs: 1 },
  inPlace: true,

  shape([x]) {
    checkRows("l2_normalize", x);
    return x;
  },

  differentiate: (g, node, dy) => [g.apply("l2_normalize_backward", [dy, node.inputs[0], node], node.attributes)],

  evaluate([x]) {
    const { rows, width } = matrixOf(x.shape);
    const y = new Float64Array(x.data.length);
    l2NormalizeBody(y, 0, x.data, 0, rows, width);
    return y;
  },

  lower({ node, output, inputs: [x], call }) {
    const { split, rows, width, stride } = splitRows(node, node.shape);
    call("l2_normalize_forward", [write(output, stride), read(x, stride), count(rows), width], split);
  },

  cost: (node) => costOfPass(node, 3),
};
