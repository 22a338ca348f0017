import { largestOf } from "../tensor/largest_of.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Builder, Symbolic } from "../tensor/symbolic.ts";

/**
 * Gives all inputs of a layer one shape, as Keras does: one with fewer axes gets axes of length 1 behind the batch, and along an axis of
 * length 1 an input is repeated.
 *
 * @param layer the name of the layer, for the message
 * @throws {TypeError} If lengths differ and none of them is 1
 */
export function broadcastInputs(g: Builder, layer: string, inputs: readonly Symbolic[]): readonly Symbolic[] {
  const [first, ...others] = inputs;
  if (others.every(({ shape }) => formatShape(shape) === formatShape(first.shape))) return inputs;
  const rank = largestOf(inputs.map(({ shape }) => shape.length), 0);
  const shapes = inputs.map(({ shape: [batch, ...sample] }) => [
    batch,
    ...new Array<number>(rank - 1 - sample.length).fill(1),
    ...sample,
  ]);
  const wanted = shapes[0].map((_, axis) => largestOf(shapes.map((shape) => shape[axis]), 0));
  if (!shapes.every((shape) => shape.every((length, axis) => length === 1 || length === wanted[axis]))) {
    const list = inputs.map(({ shape }) => formatShape(shape.slice(1))).join(" and ");
    throw new TypeError(
      `Cannot apply layer "${layer}": its inputs must have samples of one shape, but for axes of length 1, got ${list}`,
    );
  }
  return inputs.map((input, i) => {
    const shape = shapes[i];
    const x = input.shape.length === rank ? input : g.apply("reshape", [input], { shape });
    const times = wanted.map((length, axis) => length / shape[axis]);
    return times.every((factor) => factor === 1) ? x : g.apply("repeat", [x], { times });
  });
}
