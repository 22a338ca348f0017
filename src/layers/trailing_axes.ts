import { describeValue } from "../errors/describe_value.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";

/** One axis or several, as Keras counts them: 0 is the batch, −1 the last. */
export type Axes = number | readonly number[];

/**
 * Checks that `axis` is an integer or a list of different integers, and copies it; −1 where it is left out.
 *
 * @param what what is done, for messages
 * @throws {TypeError} If it is none
 */
export function checkAxes(what: string, axis: Axes | undefined): Axes {
  if (axis === undefined) return -1;
  const list: readonly unknown[] = Array.isArray(axis) ? axis : [axis];
  const isList = list.length > 0 && list.every(Number.isInteger) && new Set(list).size === list.length;
  if (isList) return Array.isArray(axis) ? Object.freeze([...axis as number[]]) : axis;
  throw new TypeError(
    `Cannot ${what}: axis must be an integer or an array of different integers, got ${describeValue(axis)}`,
  );
}

/**
 * The sizes of the axes that a layer works on: the last ones of a sample, in any order.
 *
 * @param layer the layer's name, for messages
 * @throws {TypeError} If they are not the last ones
 */
export function trailingAxes(layer: string, axis: Axes, sample: Shape): Shape {
  const list = typeof axis === "number" ? [axis] : axis;
  const rank = sample.length + 1;
  const places = list.map((at) => at < 0 ? at + rank : at).sort((a, b) => a - b);
  if (places[0] >= 1 && places.every((at, i) => at === rank - places.length + i)) return sample.slice(-places.length);
  const one = sample.length === 0 ? "and a sample has none" : "for example -1 or [-2, -1]";
  throw new TypeError(
    `Cannot build layer "${layer}": axis must name the last axis, or the last ones, ${one}, got ${
      describeValue(axis)
    } for samples of shape ${formatShape(sample)}`,
  );
}
