import { CONV_WORK } from "../kernels/gen/constants.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { batchUnits } from "./batch_units.ts";
import { checkBias } from "./check_bias.ts";
import { CONV_ATTRIBUTES, convGeometry, convResult } from "./conv_geometry.ts";
import { convCost } from "./conv_cost.ts";
import { begin, byBatch, byParameter, count, none, ofRank, type Op, read, write } from "./op.ts";
import { visitTaps } from "./visit_taps.ts";

/**
 * The convolution of images with filters (a cross-correlation, as everywhere in this field), plus a bias:
 * y[n, i, j, o] = b[o] + Σ x[n, i · sh − top + a · dh, j · sw − left + b · dw, …] · w[a, b, …, o], where what is outside of x counts as 0.
 *
 * x [n, h, w, c], w [kh, kw, c / groups, f], bias [f], optional → y [n, oh, ow, f] with oh = ⌊(top + h + bottom − (kh − 1) · dh − 1) / sh⌋ + 1.
 * Sequences [n, w, c] are images without height, and their kernels and attributes have none either. Attributes: `strides` [sh, sw], `dilation` [dh, dw], `pads` [top, bottom, left, right], `groups`: with g of them filters see a g-th of the
 * channels each. Every element is one chain of multiply-adds over (row, column, channel) of the window, ascending. Threads share the samples.
 */
export const conv: Op = {
  takes: { inputs: [2, 3], needs: CONV_ATTRIBUTES },

  shape([x, w, bias], attributes) {
    const result = convResult(convGeometry("conv", x, w, attributes), x);
    checkBias("conv", bias, result[result.length - 1]);
    return result;
  },

  differentiate(g, { inputs: [x, w, bias], attributes }, dy) {
    const dx = g.apply("conv_input", [dy, w], { ...attributes, size: x.shape.slice(1, -1) });
    const dw = g.apply("conv_filter", [x, dy], { ...attributes, window: w.shape.slice(0, -2) });
    return bias === undefined ? [dx, dw] : [dx, dw, g.apply("sum_columns", [dy])];
  },

  evaluate([x, w, bias], { shape, attributes }) {
    const filters = shape[shape.length - 1];
    const y = Float64Array.from({ length: sizeOf(shape) }, (_, i) => bias?.data[i % filters] ?? 0);
    visitTaps(
      convGeometry("conv", x.shape, w.shape, attributes),
      (to, from, tap) => y[to] += x.data[from] * w.data[tap],
    );
    return y;
  },

  /** A plain relu that follows is taken in where y is stored. */
  fuses: (_, { op, attributes: { formula, by = null } }) => op === "map" && formula === "relu" && by === null,

  lower({ node, output, inputs: [x, w, bias], fused, scratch, ranks, call }) {
    const g = convGeometry("conv", node.inputs[0].shape, node.inputs[1].shape, node.attributes);
    const k = g.kh * g.kw * g.c, panels = g.groups * Math.ceil(g.f / 8);
    const packed = scratch(8 * panels * k);
    call(
      "pack_filters",
      [write(packed, 8 * k), read(w, 0), k, g.f, g.groups, begin(), count()],
      byParameter(panels, 1),
    );
    const units = batchUnits(node, node.shape), per = g.samples / Math.max(units, 1);
    call("conv", [
      write(output, per * g.oh * g.ow * g.f * g.groups),
      read(x, per * g.h * g.w * g.c * g.groups),
      read(packed, 0),
      bias === undefined ? none : read(bias, 0),
      ofRank(scratch(CONV_WORK * ranks), CONV_WORK),
      count(per),
      ...[g.h, g.w, g.oh, g.ow, g.c, g.f, g.groups, g.kh, g.kw, g.sh, g.sw, g.dh, g.dw, g.top, g.left],
      fused === null ? 0 : 1,
    ], byBatch(units));
  },

  cost: ({ inputs: [x, w], attributes }) => convCost(convGeometry("conv", x.shape, w.shape, attributes)),
};
