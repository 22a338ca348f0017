import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Attributes } from "../tensor/symbolic.ts";
import { checkIntegers } from "./check_integers.ts";
import { checkShapes } from "./check_shapes.ts";
import { convCost } from "./conv_cost.ts";
import { type ConvGeometry, convResult } from "./conv_geometry.ts";
import { DEPTHWISE_ATTRIBUTES, depthwiseGeometry } from "./depthwise_geometry.ts";
import { byParameter, count, type Op, readColumns, writeColumns } from "./op.ts";
import { visitTaps } from "./visit_taps.ts";

/**
 * The gradient of `depthwise` by its filters: dw[a, b, o] = Σ x[n, i · sh − top + a · dh, j · sw − left + b · dw, o] · dy[n, i, j, o].
 *
 * x [n, h, w, c], dy [n, oh, ow, c] → dw [kh, kw, c]. Attributes: those of `depthwise`, and `window`: [kh, kw]. It is a sum over the whole batch, so
 * threads share the channels.
 */
export const depthwiseFilter: Op = {
  takes: { inputs: 2, needs: [...DEPTHWISE_ATTRIBUTES, "window"] },

  shape([x, dy], attributes) {
    geometryOf(x, dy, attributes);
    return [...attributes.window as number[], x[x.length - 1]];
  },

  differentiate(g, { inputs: [x, dy], attributes: { window: _, ...attributes } }, dz) {
    return [
      g.apply("depthwise_input", [dy, dz], { ...attributes, size: x.shape.slice(1, -1) }),
      g.apply("depthwise", [x, dz], attributes),
    ];
  },

  evaluate([x, dy], { shape, attributes }) {
    const dw = new Float64Array(sizeOf(shape));
    visitTaps(geometryOf(x.shape, dy.shape, attributes), (to, from, tap) => dw[tap] += x.data[from] * dy.data[to]);
    return dw;
  },

  lower({ node, output, inputs: [x, dy], call }) {
    const g = geometryOf(node.inputs[0].shape, node.inputs[1].shape, node.attributes);
    call("depthwise_filter", [
      writeColumns(output, 1, g.groups),
      readColumns(x, 1, g.groups),
      readColumns(dy, 1, g.groups),
      ...[g.samples, g.h, g.w, g.oh, g.ow],
      count(),
      ...[g.groups, g.kh, g.kw, g.sh, g.sw, g.dh, g.dw, g.top, g.left],
    ], byParameter(g.groups));
  },

  cost: ({ inputs: [x, dy], attributes }) => convCost(geometryOf(x.shape, dy.shape, attributes)),
};

function geometryOf(x: Shape, dy: Shape, attributes: Attributes): ConvGeometry {
  const window = checkIntegers("depthwise_filter", "window", attributes.window, x.length - 2, 1);
  const g = depthwiseGeometry("depthwise_filter", x, [...window, x[x.length - 1]], attributes);
  checkShapes("apply depthwise_filter", "dy must have the shape of the convolution's result", convResult(g, x), dy);
  return g;
}
