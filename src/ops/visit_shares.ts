import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Attributes } from "../tensor/symbolic.ts";
import { interpolationAlong } from "./interpolation_along.ts";

/** Calls `visit` for every element of a tensor of `shape` and every one of its interpolation that it counts in, with its share. */
export function visitShares(
  shape: Shape,
  attributes: Attributes,
  visit: (from: number, to: number, share: number) => void,
): void {
  const { length, inner, size, isNearest } = interpolationAlong("interpolate", shape, attributes);
  const outer = sizeOf(shape) / (length * inner);
  for (let n = 0; n < outer; n++) {
    for (let o = 0; o < size; o++) {
      const centre = (2 * o + 1) * length / (2 * size);
      const at = isNearest ? Math.floor(centre) : Math.min(Math.max(centre - 0.5, 0), length - 1);
      const i = Math.floor(at);
      for (let j = 0; j < inner; j++) {
        const to = (n * size + o) * inner + j, from = (n * length + i) * inner + j;
        visit(from, to, 1 - (at - i));
        if (at > i) visit(from + inner, to, at - i);
      }
    }
  }
}
