import { sizeOf } from "../tensor/size_of.ts";
import type { Builder, Symbolic } from "../tensor/symbolic.ts";
import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { type Op, read, write } from "./op.ts";

/**
 * The sum of all products: y = Σ x·w, in a fixed order, on one thread.
 *
 * x, w of one shape → y []. Where dy is the constant 1, as it is when y is the loss, dx is w itself.
 */
export const weightedSum: Op = {
  takes: { inputs: 2 },
  shape([x, w]) {
    checkShapes("apply weighted_sum", "both shapes must be equal", x, w);
    return [];
  },

  differentiate: (g, { inputs: [x, w] }, dy) => [scaled(g, w, dy), scaled(g, x, dy)],

  evaluate: ([x, w]) => Float64Array.of(x.data.reduce((sum, v, i) => sum + v * w.data[i], 0)),

  lower({ node, output, inputs: [x, w], call }) {
    call("weighted_sum_forward", [write(output, 0), read(x, 0), read(w, 0), sizeOf(node.inputs[0].shape)], null);
  },

  cost: (node) => costOfPass(node, 2),
};

function scaled(g: Builder, x: Symbolic, dy: Symbolic): Symbolic {
  return dy.op === "constant" && dy.attributes.value === 1 ? x : g.apply("scale_by", [x, dy]);
}
