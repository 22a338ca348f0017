import { interpolate as interpolateBody } from "../kernels/bodies/interpolate.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { interpolationAlong } from "./interpolation_along.ts";
import { count, type Op, read, write } from "./op.ts";

/**
 * Other positions along one axis, by linear interpolation: y[…, o, …] = x[…, i, …] + f · (x[…, i + 1, …] − x[…, i, …]), where o lies at
 * i + f = (o + ½) · length / size − ½, and at the first or the last position where that is beyond them. With `nearest`
 * y[…, o, …] = x[…, ⌊(o + ½) · length / size⌋, …].
 *
 * x [batch, ..., length, ...] → y [batch, ..., size, ...]. Attributes: `axis`, not that of the batch; `size`; `nearest`. Along two axes in turn
 * it is bilinear.
 */
export const interpolate: Op = {
  takes: { inputs: 1, needs: ["axis", "size"], may: ["nearest"] },

  shape([x], attributes) {
    const { axis, size } = interpolationAlong("interpolate", x, attributes);
    return x.map((length, i) => i === axis ? size : length);
  },

  differentiate(g, { inputs: [x], attributes }, dy) {
    return [g.apply("interpolate_backward", [dy], { ...attributes, size: x.shape[attributes.axis as number] })];
  },

  evaluate([x], { shape, attributes }) {
    const y = new Float64Array(sizeOf(shape));
    const { length, inner, size, isNearest } = interpolationAlong("interpolate", x.shape, attributes);
    interpolateBody(y, 0, x.data, 0, x.data.length / (length * inner), length, inner, size, isNearest ? 1 : 0);
    return y;
  },

  lower({ node, output, inputs: [x], call }) {
    const { split, outer, length, inner, size, isNearest } = interpolationAlong(
      "interpolate",
      node.inputs[0].shape,
      node.attributes,
      node,
    );
    const each = outer * inner;
    call("interpolate_forward", [
      write(output, each * size),
      read(x, each * length),
      count(outer),
      length,
      inner,
      size,
      isNearest ? 1 : 0,
    ], split);
  },

  cost: (node) => costOfPass(node, 4),
};
