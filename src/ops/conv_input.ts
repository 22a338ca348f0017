import { CONV_WORK } from "../kernels/gen/constants.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Attributes } from "../tensor/symbolic.ts";
import { batchUnits } from "./batch_units.ts";
import { checkBias } from "./check_bias.ts";
import { checkIntegers } from "./check_integers.ts";
import { checkShapes } from "./check_shapes.ts";
import { CONV_ATTRIBUTES, type ConvGeometry, convGeometry, convResult } from "./conv_geometry.ts";
import { convCost } from "./conv_cost.ts";
import { begin, byBatch, byParameter, count, none, ofRank, type Op, read, write } from "./op.ts";
import { visitTaps } from "./visit_taps.ts";

/**
 * The gradient of `conv` by its images, plus a bias; as a map of its own the transposed convolution:
 * dx[n, i · sh − top + a · dh, j · sw − left + b · dw, …] += dy[n, i, j, o] · w[a, b, …, o].
 *
 * dy [n, oh, ow, f], w [kh, kw, c / groups, f], bias [c], optional → dx [n, h, w, c]. Attributes: those of `conv`, and `size`: [h, w], of which
 * the convolution gives [oh, ow]. Pixels that no window has seen are the bias. Every element is one chain of multiply-adds. Threads share the
 * samples.
 */
export const convInput: Op = {
  takes: { inputs: [2, 3], needs: [...CONV_ATTRIBUTES, "size"] },

  shape([dy, w, bias], attributes) {
    const { samples, c, groups } = geometryOf(dy, w, attributes);
    checkBias("conv_input", bias, c * groups);
    return [samples, ...attributes.size as number[], c * groups];
  },

  differentiate(g, { inputs: [dy, w, bias], attributes: { size: _, ...attributes } }, dz) {
    const ddy = g.apply("conv", [dz, w], attributes);
    const dw = g.apply("conv_filter", [dz, dy], { ...attributes, window: w.shape.slice(0, -2) });
    return bias === undefined ? [ddy, dw] : [ddy, dw, g.apply("sum_columns", [dz])];
  },

  evaluate([dy, w, bias], { shape, attributes }) {
    const channels = shape[shape.length - 1];
    const dx = Float64Array.from({ length: sizeOf(shape) }, (_, i) => bias?.data[i % channels] ?? 0);
    visitTaps(geometryOf(dy.shape, w.shape, attributes), (to, from, tap) => dx[from] += dy.data[to] * w.data[tap]);
    return dx;
  },

  /** A plain relu that follows is taken in where dx is stored. */
  fuses: (_, { op, attributes: { formula, by = null } }) => op === "map" && formula === "relu" && by === null,

  lower({ node, output, inputs: [dy, w, bias], fused, scratch, ranks, call }) {
    const g = geometryOf(node.inputs[0].shape, node.inputs[1].shape, node.attributes);
    const taps = g.kh * g.kw * g.f, panels = g.groups * Math.ceil(g.c / 8);
    const window = [g.kh, g.kw, g.sh, g.sw, g.dh, g.dw];
    const packed = scratch(8 * panels * taps);
    call(
      "pack_taps",
      [write(packed, 8 * taps), read(w, 0), g.c, g.f, g.groups, ...window, begin(), count()],
      byParameter(panels, 1),
    );
    const units = batchUnits(node, node.shape), per = g.samples / Math.max(units, 1);
    call("conv_input", [
      write(output, per * g.h * g.w * g.c * g.groups),
      read(dy, per * g.oh * g.ow * g.f * g.groups),
      read(packed, 0),
      bias === undefined ? none : read(bias, 0),
      ofRank(scratch(CONV_WORK * ranks), CONV_WORK),
      count(per),
      ...[g.h, g.w, g.oh, g.ow, g.c, g.f, g.groups, ...window, g.top, g.left],
      fused === null ? 0 : 1,
    ], byBatch(units));
  },

  cost: ({ inputs: [dy, w], attributes }) => convCost(geometryOf(dy.shape, w.shape, attributes)),
};

function geometryOf(dy: Shape, kernel: Shape, attributes: Attributes): ConvGeometry {
  const size = checkIntegers("conv_input", "size", attributes.size, dy.length - 2, 1);
  const image = [dy[0], ...size, kernel[kernel.length - 2] * Number(attributes.groups)];
  const g = convGeometry("conv_input", image, kernel, attributes);
  checkShapes("apply conv_input", "dy must have the shape of the convolution's result", convResult(g, image), dy);
  return g;
}
