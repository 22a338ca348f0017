import { formatShape } from "../tensor/format_shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { checkIntegers } from "./check_integers.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { followWalk } from "./follow_walk.ts";
import { lowerFill, lowerWalk } from "./lower_walk.ts";
import type { Op } from "./op.ts";
import { repeatWalk } from "./repeat_walk.ts";

/**
 * The gradient of `repeat`: y[i, j, …] = Σ x[i · times[0] + p, j · times[1] + q, …] over all p < times[0], q < times[1], …
 *
 * x of any shape → y with shape[k] = x.shape[k] / times[k]. Attribute `times`: a number an axis. The terms are added one by one, in
 * row-major order of x.
 */
export const sumRepeats: Op = {
  takes: { inputs: 1, needs: ["times"] },

  shape([x], attributes) {
    const times = checkIntegers("sum_repeats", "times", attributes.times, x.length, 1);
    if (!x.every((length, axis) => length % times[axis] === 0)) {
      throw new TypeError(
        `Cannot apply sum_repeats: every axis must be a multiple of its times, got ${formatShape(x)} and ${
          formatShape(times)
        }`,
      );
    }
    return x.map((length, axis) => length / times[axis]);
  },

  differentiate: (g, { attributes }, dy) => [g.apply("repeat", [dy], attributes)],

  evaluate([x], { shape, attributes }) {
    const y = new Float64Array(sizeOf(shape));
    const walk = repeatWalk(shape, attributes.times as number[]);
    followWalk({ ...walk, y: walk.single, x: walk.repeated }, (to, from) => y[to] += x.data[from]);
    return y;
  },

  lower(l) {
    const { shape } = l.node.inputs[0];
    const walk = repeatWalk(l.node.shape, l.node.attributes.times as number[]);
    lowerFill(l, 0, shape);
    lowerWalk(l, "strided_add", { ref: l.inputs[0], shape }, { ...walk, y: walk.single, x: walk.repeated });
  },

  cost: (node) => costOfPass(node, 1),
};
