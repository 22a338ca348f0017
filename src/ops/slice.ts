import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Attributes } from "../tensor/symbolic.ts";
import { checkIntegers } from "./check_integers.ts";
import { followWalk } from "./follow_walk.ts";
import { lowerWalk } from "./lower_walk.ts";
import type { Op } from "./op.ts";
import { offsetOf, stridesOf, type Walk } from "./walk.ts";

/**
 * A block of a tensor: y[i, j, …] = x[begin[0] + i, begin[1] + j, …].
 *
 * x of any shape → y of shape `size`. Attributes `begin` and `size`: a number an axis. Threads share the first axis where y has all of it.
 */
export const slice: Op = {
  takes: { inputs: 1, needs: ["begin", "size"] },

  shape([x], attributes) {
    const begin = checkIntegers("slice", "begin", attributes.begin, x.length, 0);
    const size = checkIntegers("slice", "size", attributes.size, x.length, 1);
    if (!x.every((length, axis) => begin[axis] + size[axis] <= length)) {
      throw new TypeError(
        `Cannot apply slice: begin + size must be within the shape ${formatShape(x)}, got ${formatShape(begin)} and ${
          formatShape(size)
        }`,
      );
    }
    return size;
  },

  differentiate(g, { inputs: [{ shape }], attributes: { begin, size, ...rest } }, dy) {
    const [before, taken] = [begin, size] as number[][];
    const after = shape.map((length, axis) => length - before[axis] - taken[axis]);
    return [g.apply("pad", [dy], { ...rest, before, after })];
  },

  evaluate([x], { shape, attributes }) {
    const y = new Float64Array(sizeOf(shape));
    followWalk(walkOf(x.shape, shape, attributes), (to, from) => y[to] = x.data[from]);
    return y;
  },

  lower({ node, output, inputs: [ref], call }) {
    const { shape } = node.inputs[0];
    lowerWalk({ node, output, call }, "strided_copy", { ref, shape }, walkOf(shape, node.shape, node.attributes));
  },

  cost: (node) => ({ flops: sizeOf(node.shape), bytes: 8 * sizeOf(node.shape) }),
};

function walkOf(x: Shape, y: Shape, { begin }: Attributes): Walk {
  const strides = stridesOf(x);
  return {
    sizes: y,
    y: { offset: 0, strides: stridesOf(y) },
    x: { offset: offsetOf(begin as number[], strides), strides },
  };
}
