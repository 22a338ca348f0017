import { softmax as softmaxBody } from "../kernels/bodies/softmax.ts";
import { checkRows } from "./check_rows.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { count, matrixOf, type Op, read, write } from "./op.ts";
import { splitRows } from "./split_rows.ts";

/**
 * Softmax over the last axis: y = e^x / Σ e^x.
 *
 * x [..., width] → y [..., width]. Overflow is not possible: the row's largest element is subtracted first.
 */
export const softmax: Op = {
  takes: { inputs: 1 },
  inPlace: true,

  shape([x]) {
    checkRows("softmax", x);
    return x;
  },

  differentiate: (g, node, dy) => [g.apply("softmax_backward", [dy, node], node.attributes)],

  evaluate([{ shape, data }]) {
    const { rows, width } = matrixOf(shape);
    const y = new Float64Array(data.length);
    softmaxBody(y, 0, data, 0, rows, width);
    return y;
  },

  lower({ node, output, inputs, call }) {
    const { split, rows, width, stride } = splitRows(node, node.shape);
    call("softmax_forward", [write(output, stride), read(inputs[0], stride), count(rows), width], split);
  },

  cost: (node) => costOfPass(node, 20),
};
