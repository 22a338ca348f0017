import { SQUARES_BLOCK } from "../kernels/gen/constants.ts";
import { map } from "../tensor/symbolic.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { begin, byParameter, count, type Op, read, write } from "./op.ts";

/**
 * The Euclidean norm of all elements: y = √Σ x².
 *
 * x of any shape → y []. It is finite for all finite x, and its gradient is 0 where it is 0. Squares are added up in blocks of 4096
 * elements, which threads share, and these in order, so that the norm does not depend on how the work is cut.
 */
export const normAll: Op = {
  takes: { inputs: 1 },
  shape: () => [],

  differentiate: (g, node, dy) => [g.apply("scale_by", [node.inputs[0], map(g, "norm_slope", [node, dy])])],

  evaluate: ([x]) => Float64Array.of(Math.sqrt(x.data.reduce((sum, v) => sum + v * v, 0))),

  lower({ node, output, inputs: [x], scratch, call }) {
    const elements = sizeOf(node.inputs[0].shape);
    const blocks = Math.ceil(elements / SQUARES_BLOCK);
    const partials = scratch(2 * Math.max(blocks, 1)); // float64
    const args = [write(partials, 2), read(x, SQUARES_BLOCK), count(), begin(SQUARES_BLOCK), elements];
    if (blocks > 0) call("sum_squares_blocks", args, byParameter(blocks));
    call("norm_of_blocks", [write(output, 0), read(partials, 0), blocks], null);
  },

  cost: (node) => costOfPass(node, 2),
};
