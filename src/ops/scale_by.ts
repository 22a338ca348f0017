import { scaleBy as scaleByBody } from "../kernels/bodies/scale_by.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { count, type Op, read, write } from "./op.ts";
import { splitElements } from "./split_elements.ts";

/** A tensor times a number that is computed: y = x · s; x of any shape, s []. */
export const scaleBy: Op = {
  takes: { inputs: 2 },
  inPlace: true,

  shape([x, s]) {
    if (s.length !== 0) throw new TypeError(`Cannot apply scale_by: s must be a scalar [], got ${formatShape(s)}`);
    return x;
  },

  differentiate(g, { inputs: [x, s], attributes }, dy) {
    return [g.apply("scale_by", [dy, s], attributes), g.apply("weighted_sum", [dy, x])];
  },

  evaluate([x, s]) {
    const y = new Float64Array(x.data.length);
    scaleByBody(y, 0, x.data, 0, s.data, 0, y.length);
    return y;
  },

  lower({ node, output, inputs: [x, s], call }) {
    const { split, stride } = splitElements(node);
    call("scale_by_forward", [write(output, stride), read(x, stride), read(s, 0), count(stride)], split);
  },

  cost: (node) => costOfPass(node, 1),
};
