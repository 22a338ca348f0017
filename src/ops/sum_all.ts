import { sizeOf } from "../tensor/size_of.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { type Op, read, write } from "./op.ts";

/**
 * The sum of all elements: y = Σ x, in a fixed order, on one thread.
 *
 * x of any shape → y [].
 */
export const sumAll: Op = {
  takes: { inputs: 1 },
  shape: () => [],

  differentiate(g, { inputs: [{ shape }] }, dy) {
    if (dy.op === "constant") return [g.apply("constant", [], { value: dy.attributes.value, shape })];
    return [g.apply("scale_by", [g.apply("constant", [], { value: 1, shape }), dy])];
  },

  evaluate: ([x]) => Float64Array.of(x.data.reduce((sum, v) => sum + v, 0)),

  lower({ node, output, inputs: [x], call }) {
    call("sum_all_forward", [write(output, 0), read(x, 0), sizeOf(node.inputs[0].shape)], null);
  },

  cost: (node) => costOfPass(node, 1),
};
