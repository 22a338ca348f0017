import { describeValue } from "../errors/describe_value.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Shape } from "../tensor/shape.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { followWalk } from "./follow_walk.ts";
import { lowerWalk } from "./lower_walk.ts";
import type { Op } from "./op.ts";
import { stridesOf, type Walk } from "./walk.ts";

/**
 * The axes in another order: axis k of y is axis axes[k] of x.
 *
 * x of any shape → y with shape[k] = x.shape[axes[k]]. Attribute `axes`: every axis once. Where axes[0] is 0 threads share the first axis.
 */
export const transpose: Op = {
  takes: { inputs: 1, needs: ["axes"] },

  shape([x], { axes }) {
    const rank = x.length;
    if (!Array.isArray(axes) || axes.length !== rank || !x.every((_, axis) => axes.includes(axis))) {
      throw new TypeError(
        `Cannot apply transpose: axes must hold every axis from 0 to ${rank - 1} once, got ${describeValue(axes)}`,
      );
    }
    return (axes as number[]).map((axis) => x[axis]);
  },

  differentiate(g, { attributes }, dy) {
    const axes = attributes.axes as readonly number[];
    return [g.apply("transpose", [dy], { ...attributes, axes: axes.map((_, axis) => axes.indexOf(axis)) })];
  },

  evaluate([x], { shape, attributes }) {
    const y = new Float64Array(sizeOf(shape));
    followWalk(walkOf(x.shape, shape, attributes.axes as readonly number[]), (to, from) => y[to] = x.data[from]);
    return y;
  },

  lower({ node, output, inputs: [ref], call }) {
    const { shape } = node.inputs[0];
    const walk = walkOf(shape, node.shape, node.attributes.axes as readonly number[]);
    lowerWalk({ node, output, call }, "strided_copy", { ref, shape }, walk);
  },

  cost: (node) => costOfPass(node, 1),
};

function walkOf(x: Shape, y: Shape, axes: readonly number[]): Walk {
  const strides = stridesOf(x);
  return {
    sizes: y,
    y: { offset: 0, strides: stridesOf(y) },
    x: { offset: 0, strides: axes.map((axis) => strides[axis]) },
  };
}
