import { sizeOf } from "../tensor/size_of.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { interpolationAlong } from "./interpolation_along.ts";
import { count, type Op, read, write } from "./op.ts";
import { visitShares } from "./visit_shares.ts";

/**
 * The backward pass of interpolate: every dx[…, i, …] is the sum of dy by what x[…, i, …] counts in it, in the order of dy.
 *
 * dy [batch, ..., times · length, ...] → dx [batch, ..., length, ...]. Attributes as `interpolate` has them.
 */
export const interpolateBackward: Op = {
  takes: { inputs: 1, needs: ["axis", "times"] },

  shape([dy], attributes) {
    const { axis, times, length } = interpolationAlong("interpolate_backward", dy, attributes);
    if (length % times !== 0) {
      throw new TypeError(
        `Cannot apply interpolate_backward: the axis must be ${times} times as long as it was, got ${length}`,
      );
    }
    return dy.map((size, i) => i === axis ? size / times : size);
  },

  differentiate: (g, { attributes }, d) => [g.apply("interpolate", [d], attributes)],

  evaluate([dy], { shape, attributes }) {
    const dx = new Float64Array(sizeOf(shape));
    visitShares(shape, attributes, (from, to, share) => dx[from] += share * dy.data[to]);
    return dx;
  },

  lower({ node, output, inputs: [dy], call }) {
    const { split, outer, length, inner, times } = interpolationAlong(
      "interpolate_backward",
      node.shape,
      node.attributes,
      node,
    );
    const stride = outer * length * inner;
    call(
      "interpolate_backward",
      [write(output, stride), read(dy, stride * times), count(outer), length, inner, times],
      split,
    );
  },

  cost: (node) => costOfPass(node, 4),
};
