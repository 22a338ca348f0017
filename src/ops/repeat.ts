import { sizeOf } from "../tensor/size_of.ts";
import { checkIntegers } from "./check_integers.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { followWalk } from "./follow_walk.ts";
import { lowerWalk } from "./lower_walk.ts";
import type { Op } from "./op.ts";
import { repeatWalk } from "./repeat_walk.ts";

/**
 * Every element several times: y[i, j, …] = x[⌊i / times[0]⌋, ⌊j / times[1]⌋, …].
 *
 * x of any shape → y with shape[k] = times[k] · x.shape[k]. Attribute `times`: a number an axis. Threads share the first axis where it is not
 * repeated.
 */
export const repeat: Op = {
  takes: { inputs: 1, needs: ["times"] },

  shape([x], attributes) {
    const times = checkIntegers("repeat", "times", attributes.times, x.length, 1);
    return x.map((length, axis) => times[axis] * length);
  },

  differentiate: (g, { attributes }, dy) => [g.apply("sum_repeats", [dy], attributes)],

  evaluate([x], { shape, attributes }) {
    const y = new Float64Array(sizeOf(shape));
    const walk = repeatWalk(x.shape, attributes.times as number[]);
    followWalk({ ...walk, y: walk.repeated, x: walk.single }, (to, from) => y[to] = x.data[from]);
    return y;
  },

  lower(l) {
    const { shape } = l.node.inputs[0];
    const walk = repeatWalk(shape, l.node.attributes.times as number[]);
    lowerWalk(l, "strided_copy", { ref: l.inputs[0], shape }, { ...walk, y: walk.repeated, x: walk.single });
  },

  cost: (node) => costOfPass(node, 1),
};
