import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Attributes } from "../tensor/symbolic.ts";
import { batchUnits } from "./batch_units.ts";
import { checkIntegers } from "./check_integers.ts";
import { checkShapes } from "./check_shapes.ts";
import { convCost } from "./conv_cost.ts";
import { type ConvGeometry, convResult } from "./conv_geometry.ts";
import { DEPTHWISE_ATTRIBUTES, depthwiseGeometry } from "./depthwise_geometry.ts";
import { byBatch, count, none, type Op, read, write } from "./op.ts";
import { visitTaps } from "./visit_taps.ts";

/**
 * The gradient of `depthwise` by its images: dx[n, i · sh − top + a · dh, j · sw − left + b · dw, o] = Σ dy[n, i, j, o] · w[a, b, o].
 *
 * dy [n, oh, ow, c], w [kh, kw, c] → dx [n, h, w, c]. Attributes: those of `depthwise`, and `size`: [h, w], of which it gives [oh, ow]. Without
 * strides it is a depthwise convolution of dy with the taps in the other order. Threads share the samples.
 */
export const depthwiseInput: Op = {
  takes: { inputs: 2, needs: [...DEPTHWISE_ATTRIBUTES, "size"] },

  shape([dy, w], attributes) {
    geometryOf(dy, w, attributes);
    return [dy[0], ...attributes.size as number[], dy[dy.length - 1]];
  },

  differentiate(g, { inputs: [dy, w], attributes: { size: _, ...attributes } }, dz) {
    return [
      g.apply("depthwise", [dz, w], attributes),
      g.apply("depthwise_filter", [dz, dy], { ...attributes, window: w.shape.slice(0, -1) }),
    ];
  },

  evaluate([dy, w], { shape, attributes }) {
    const dx = new Float64Array(sizeOf(shape));
    visitTaps(geometryOf(dy.shape, w.shape, attributes), (to, from, tap) => dx[from] += dy.data[to] * w.data[tap]);
    return dx;
  },

  lower({ node, output, inputs: [dy, w], call }) {
    const g = geometryOf(node.inputs[0].shape, node.inputs[1].shape, node.attributes);
    const units = batchUnits(node, node.shape), per = g.samples / Math.max(units, 1);
    const image = write(output, per * g.h * g.w * g.groups), result = read(dy, per * g.oh * g.ow * g.groups);
    const window = [g.groups, g.kh, g.kw, g.sh, g.sw, g.dh, g.dw];
    if (g.sh === 1 && g.sw === 1) {
      const top = (g.kh - 1) * g.dh - g.top, left = (g.kw - 1) * g.dw - g.left;
      const sizes = [g.oh, g.ow, g.h, g.w];
      call(
        "depthwise_forward",
        [image, result, read(w, 0), none, count(per), ...sizes, ...window, top, left, 1],
        byBatch(units),
      );
    } else {
      const sizes = [g.h, g.w, g.oh, g.ow];
      call(
        "depthwise_input",
        [image, result, read(w, 0), count(per), ...sizes, ...window, g.top, g.left],
        byBatch(units),
      );
    }
  },

  cost: ({ inputs: [dy, w], attributes }) => convCost(geometryOf(dy.shape, w.shape, attributes)),
};

function geometryOf(dy: Shape, filters: Shape, attributes: Attributes): ConvGeometry {
  const size = checkIntegers("depthwise_input", "size", attributes.size, dy.length - 2, 1);
  const image = [dy[0], ...size, dy[dy.length - 1]];
  const g = depthwiseGeometry("depthwise_input", image, filters, attributes);
  checkShapes("apply depthwise_input", "dy must have the shape of the convolution's result", convResult(g, image), dy);
  return g;
}
