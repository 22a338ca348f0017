import { depthwise as depthwiseBody } from "../kernels/bodies/depthwise.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { batchUnits } from "./batch_units.ts";
import { checkBias } from "./check_bias.ts";
import { convCost } from "./conv_cost.ts";
import { convResult } from "./conv_geometry.ts";
import { DEPTHWISE_ATTRIBUTES, depthwiseGeometry } from "./depthwise_geometry.ts";
import { byBatch, count, none, type Op, read, write } from "./op.ts";

/**
 * The convolution of every channel of images with a filter of its own, plus a bias:
 * y[n, i, j, o] = b[o] + Σ x[n, i · sh − top + a · dh, j · sw − left + b · dw, o] · w[a, b, o], where what is outside of x counts as 0.
 *
 * x [n, h, w, c], w [kh, kw, c], bias [c], optional → y [n, oh, ow, c]; sequences [n, w, c] have filters [kw, c]. Attributes: `strides`, `dilation`
 * and `pads` as `conv` has them. Threads share the samples.
 */
export const depthwise: Op = {
  takes: { inputs: [2, 3], needs: DEPTHWISE_ATTRIBUTES },

  shape([x, w, bias], attributes) {
    const result = convResult(depthwiseGeometry("depthwise", x, w, attributes), x);
    checkBias("depthwise", bias, result[result.length - 1]);
    return result;
  },

  differentiate(g, { inputs: [x, w, bias], attributes }, dy) {
    const dx = g.apply("depthwise_input", [dy, w], { ...attributes, size: x.shape.slice(1, -1) });
    const dw = g.apply("depthwise_filter", [x, dy], { ...attributes, window: w.shape.slice(0, -1) });
    return bias === undefined ? [dx, dw] : [dx, dw, g.apply("sum_columns", [dy])];
  },

  evaluate([x, w, bias], { shape, attributes }) {
    const y = new Float64Array(sizeOf(shape));
    const g = depthwiseGeometry("depthwise", x.shape, w.shape, attributes);
    const addresses = [y, 0, x.data, 0, w.data, 0, bias?.data ?? y, bias === undefined ? -1 : 0] as const;
    const sizes = [g.samples, g.h, g.w, g.oh, g.ow, g.groups, g.kh, g.kw] as const;
    depthwiseBody(...addresses, ...sizes, g.sh, g.sw, g.dh, g.dw, g.top, g.left, 0);
    return y;
  },

  lower({ node, output, inputs: [x, w, bias], call }) {
    const g = depthwiseGeometry("depthwise", node.inputs[0].shape, node.inputs[1].shape, node.attributes);
    const units = batchUnits(node, node.shape), per = g.samples / Math.max(units, 1);
    call("depthwise_forward", [
      write(output, per * g.oh * g.ow * g.groups),
      read(x, per * g.h * g.w * g.groups),
      read(w, 0),
      bias === undefined ? none : read(bias, 0),
      count(per),
      ...[g.h, g.w, g.oh, g.ow, g.groups, g.kh, g.kw, g.sh, g.sw, g.dh, g.dw, g.top, g.left],
      0,
    ], byBatch(units));
  },

  cost: ({ inputs: [x, w], attributes }) => convCost(depthwiseGeometry("depthwise", x.shape, w.shape, attributes)),
};
