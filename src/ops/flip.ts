import { sizeOf } from "../tensor/size_of.ts";
import type { Shape } from "../tensor/shape.ts";
import { checkIntegers } from "./check_integers.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { followWalk } from "./follow_walk.ts";
import { lowerWalk } from "./lower_walk.ts";
import type { Op } from "./op.ts";
import { offsetOf, stridesOf, type Walk } from "./walk.ts";

/**
 * The elements in the reverse order along some axes: y[…, i, …] = x[…, n − 1 − i, …].
 *
 * x of any shape → y of that shape. Attribute `axes`: which ones. Threads share the first axis where it is not one of them.
 */
export const flip: Op = {
  takes: { inputs: 1, needs: ["axes"] },

  shape([x], { axes }) {
    const list = checkIntegers("flip", "axes", axes, Array.isArray(axes) ? axes.length : 0, 0);
    if (new Set(list).size === list.length && list.every((axis) => axis < x.length)) return x;
    throw new TypeError(`Cannot apply flip: axes must be different axes of the tensor, got [${list.join(", ")}]`);
  },

  differentiate: (g, { attributes }, dy) => [g.apply("flip", [dy], attributes)],

  evaluate([x], { shape, attributes }) {
    const y = new Float64Array(sizeOf(shape));
    followWalk(walkOf(shape, attributes.axes as readonly number[]), (to, from) => y[to] = x.data[from]);
    return y;
  },

  lower({ node, output, inputs: [ref], call }) {
    const walk = walkOf(node.shape, node.attributes.axes as readonly number[]);
    lowerWalk({ node, output, call }, "strided_copy", { ref, shape: node.shape }, walk);
  },

  cost: (node) => costOfPass(node, 1),
};

function walkOf(shape: Shape, axes: readonly number[]): Walk {
  const strides = stridesOf(shape);
  return {
    sizes: shape,
    y: { offset: 0, strides },
    x: {
      offset: offsetOf(shape.map((length, k) => axes.includes(k) ? length - 1 : 0), strides),
      strides: strides.map((stride, k) => axes.includes(k) ? -stride : stride),
    },
  };
}
