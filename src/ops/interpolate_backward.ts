import { sizeOf } from "../tensor/size_of.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { interpolationAlong } from "./interpolation_along.ts";
import { count, type Op, read, write } from "./op.ts";
import { visitShares } from "./visit_shares.ts";

/**
 * The backward pass of interpolate: every dx[…, i, …] is the sum of dy by what x[…, i, …] counts in it, in the order of dy.
 *
 * dy [batch, ..., length, ...] → dx [batch, ..., size, ...]: `size` is how many positions there were. Attributes as `interpolate` has them.
 */
export const interpolateBackward: Op = {
  takes: { inputs: 1, needs: ["axis", "size"], may: ["nearest"] },

  shape([dy], attributes) {
    const { axis, size } = interpolationAlong("interpolate_backward", dy, attributes);
    return dy.map((length, i) => i === axis ? size : length);
  },

  differentiate(g, { inputs: [dy], attributes }, d) {
    return [g.apply("interpolate", [d], { ...attributes, size: dy.shape[attributes.axis as number] })];
  },

  evaluate([dy], { shape, attributes }) {
    const dx = new Float64Array(sizeOf(shape));
    const forward = { ...attributes, size: dy.shape[attributes.axis as number] };
    visitShares(shape, forward, (from, to, share) => dx[from] += share * dy.data[to]);
    return dx;
  },

  lower({ node, output, inputs: [dy], call }) {
    const { split, outer, length, inner, size, isNearest } = interpolationAlong(
      "interpolate_backward",
      node.inputs[0].shape,
      node.attributes,
      node,
    );
    const each = outer * inner;
    call("interpolate_backward", [
      write(output, each * size),
      read(dy, each * length),
      count(outer),
      size,
      inner,
      length,
      isNearest ? 1 : 0,
    ], split);
  },

  cost: (node) => costOfPass(node, 4),
};
