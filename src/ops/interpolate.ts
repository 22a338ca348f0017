import { sizeOf } from "../tensor/size_of.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { interpolationAlong } from "./interpolation_along.ts";
import { count, type Op, read, write } from "./op.ts";
import { visitShares } from "./visit_shares.ts";

/**
 * More positions along one axis, by linear interpolation: y[…, o, …] = x[…, i, …] + f · (x[…, i + 1, …] − x[…, i, …]), where o lies at
 * i + f = (o + ½) / times − ½, and at the first or the last position where that is beyond them.
 *
 * x [batch, ..., length, ...] → y [batch, ..., times · length, ...]. Attributes: `axis`, not that of the batch; `times`. Along two axes in turn
 * it is bilinear.
 */
export const interpolate: Op = {
  takes: { inputs: 1, needs: ["axis", "times"] },

  shape([x], attributes) {
    const { axis, times } = interpolationAlong("interpolate", x, attributes);
    return x.map((length, i) => i === axis ? times * length : length);
  },

  differentiate: (g, { attributes }, dy) => [g.apply("interpolate_backward", [dy], attributes)],

  evaluate([x], { shape, attributes }) {
    const y = new Float64Array(sizeOf(shape));
    visitShares(x.shape, attributes, (from, to, share) => y[to] += share * x.data[from]);
    return y;
  },

  lower({ node, output, inputs: [x], call }) {
    const { split, outer, length, inner, times } = interpolationAlong(
      "interpolate",
      node.inputs[0].shape,
      node.attributes,
      node,
    );
    const stride = outer * length * inner;
    call(
      "interpolate_forward",
      [write(output, stride * times), read(x, stride), count(outer), length, inner, times],
      split,
    );
  },

  cost: (node) => costOfPass(node, 4),
};
