import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Attributes } from "../tensor/symbolic.ts";
import { checkIntegers } from "./check_integers.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { followWalk } from "./follow_walk.ts";
import { lowerFill, lowerWalk } from "./lower_walk.ts";
import type { Op } from "./op.ts";
import { offsetOf, stridesOf, type Walk } from "./walk.ts";

/**
 * A tensor with a border: y[before[0] + i, before[1] + j, …] = x[i, j, …], and `value` elsewhere.
 *
 * x of any shape → y with before[k] + after[k] more elements along axis k. Attributes `before` and `after`: a number an axis; `value`, 0 by
 * default. Threads share the first axis where it has no border.
 */
export const pad: Op = {
  takes: { inputs: 1, needs: ["before", "after"], may: ["value"] },

  shape([x], attributes) {
    const before = checkIntegers("pad", "before", attributes.before, x.length, 0);
    const after = checkIntegers("pad", "after", attributes.after, x.length, 0);
    return x.map((length, axis) => before[axis] + length + after[axis]);
  },

  differentiate(g, { inputs: [{ shape }], attributes: { before, after: _, value: __, ...rest } }, dy) {
    return [g.apply("slice", [dy], { ...rest, begin: before, size: shape })];
  },

  evaluate([x], { shape, attributes }) {
    const y = new Float64Array(sizeOf(shape)).fill((attributes.value ?? 0) as number);
    followWalk(walkOf(x.shape, shape, attributes), (to, from) => y[to] = x.data[from]);
    return y;
  },

  lower(l) {
    const { shape } = l.node.inputs[0];
    lowerFill(l, (l.node.attributes.value ?? 0) as number, shape);
    lowerWalk(l, "strided_copy", { ref: l.inputs[0], shape }, walkOf(shape, l.node.shape, l.node.attributes));
  },

  cost: (node) => costOfPass(node, 1),
};

function walkOf(x: Shape, y: Shape, { before }: Attributes): Walk {
  const strides = stridesOf(y);
  return {
    sizes: x,
    y: { offset: offsetOf(before as number[], strides), strides },
    x: { offset: 0, strides: stridesOf(x) },
  };
}
