import { CONV_FILTER_WORK } from "../kernels/gen/constants.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Attributes } from "../tensor/symbolic.ts";
import { checkIntegers } from "./check_integers.ts";
import { checkShapes } from "./check_shapes.ts";
import { CONV_ATTRIBUTES, type ConvGeometry, convGeometry, convResult } from "./conv_geometry.ts";
import { convCost } from "./conv_cost.ts";
import {
  begin,
  byParameter,
  count,
  type Lowering,
  ofRank,
  type Op,
  read,
  readColumns,
  write,
  writeColumns,
} from "./op.ts";
import { visitTaps } from "./visit_taps.ts";

/**
 * The gradient of `conv` by its kernel: dw[a, b, …, o] = Σ x[n, i · sh − top + a · dh, j · sw − left + b · dw, …] · dy[n, i, j, o].
 *
 * x [n, h, w, c], dy [n, oh, ow, f] → dw [kh, kw, c / groups, f]. Attributes: those of `conv`, and `window`: [kh, kw]. Every element is one chain of
 * multiply-adds over the pixels of dy, sample by sample, from 0 on. It is a sum over the whole batch, so threads share the kernel: its rows (a
 * row is an element of the window), or its filters where there are more of these, or its groups.
 */
export const convFilter: Op = {
  takes: { inputs: 2, needs: [...CONV_ATTRIBUTES, "window"] },

  shape([x, dy], attributes) {
    const { c, f, groups } = geometryOf(x, dy, attributes);
    return [...attributes.window as number[], c, f * groups];
  },

  differentiate(g, { inputs: [x, dy], attributes: { window: _, ...attributes } }, dz) {
    return [
      g.apply("conv_input", [dy, dz], { ...attributes, size: x.shape.slice(1, -1) }),
      g.apply("conv", [x, dz], attributes),
    ];
  },

  evaluate([x, dy], { shape, attributes }) {
    const dw = new Float64Array(sizeOf(shape));
    visitTaps(geometryOf(x.shape, dy.shape, attributes), (to, from, tap) => dw[tap] += x.data[from] * dy.data[to]);
    return dw;
  },

  lower: (l) => lowerFilter(l, geometryOf(l.node.inputs[0].shape, l.node.inputs[1].shape, l.node.attributes)),

  cost: ({ inputs: [x, dy], attributes }) => convCost(geometryOf(x.shape, dy.shape, attributes)),
};

function lowerFilter({ output, inputs: [x, dy], scratch, ranks, call }: Lowering, g: ConvGeometry): void {
  const { samples, h, w, oh, ow, c, f, groups, kh, kw, sh, sw, dh, dw, top, left } = g;
  const rows = kh * kw * c, channels = c * groups, filters = f * groups;
  const sizes = [samples, h, w, oh, ow, c], window = [channels, filters, kh, kw, sh, sw, dh, dw, top, left];
  const work = ofRank(scratch(CONV_FILTER_WORK * ranks), CONV_FILTER_WORK);
  if (groups > 1) {
    const shared = [writeColumns(output, f, filters), readColumns(x, c, channels), readColumns(dy, f, filters), work];
    call("conv_filter", [...shared, ...sizes, f, count(), ...window, 0, rows], byParameter(groups, 1));
  } else if (rows < f) {
    const shared = [writeColumns(output, 1, filters), read(x, 0), readColumns(dy, 1, filters), work];
    call("conv_filter", [...shared, ...sizes, count(), 1, ...window, 0, rows], byParameter(f, 8));
  } else {
    const shared = [write(output, filters), read(x, 0), read(dy, 0), work];
    call("conv_filter", [...shared, ...sizes, f, 1, ...window, begin(), count()], byParameter(rows));
  }
}

function geometryOf(x: Shape, dy: Shape, attributes: Attributes): ConvGeometry {
  const window = checkIntegers("conv_filter", "window", attributes.window, x.length - 2, 1);
  const kernel = [...window, x[x.length - 1] / Number(attributes.groups), dy[dy.length - 1]];
  const g = convGeometry("conv_filter", x, kernel, attributes);
  checkShapes("apply conv_filter", "dy must have the shape of the convolution's result", convResult(g, x), dy);
  return g;
}
