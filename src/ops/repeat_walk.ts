import type { Shape } from "../tensor/shape.ts";
import { stridesOf, type Walk } from "./walk.ts";

/** The walk over a tensor of which every element is repeated, and over the tensor of those elements, whose shape is `single`. */
export function repeatWalk(
  single: Shape,
  times: readonly number[],
): { readonly sizes: readonly number[]; readonly repeated: Walk["y"]; readonly single: Walk["x"] } {
  const whole = stridesOf(single.map((length, axis) => times[axis] * length));
  const one = stridesOf(single);
  // The first axis is one of its own where it is not repeated, as `lowerWalk` wants it.
  const axes = single.flatMap((length, axis) => {
    const outer = { size: length, repeated: whole[axis] * times[axis], single: one[axis] };
    return times[axis] === 1 ? [outer] : [outer, { size: times[axis], repeated: whole[axis], single: 0 }];
  });
  return {
    sizes: axes.map(({ size }) => size),
    repeated: { offset: 0, strides: axes.map((axis) => axis.repeated) },
    single: { offset: 0, strides: axes.map((axis) => axis.single) },
  };
}
