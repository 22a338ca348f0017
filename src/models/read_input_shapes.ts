import type { PortShapes } from "../data/signature.ts";
import { checkSampleShape } from "../layers/check_shape_options.ts";
import { fitsShape } from "../tensor/fits_shape.ts";
import { formatSample } from "../tensor/format_sample.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Network } from "../training/network.ts";

/**
 * The shapes at the ports of a network, for what needs all lengths although no data bring them along.
 *
 * @param what what is done, for messages: `compile model`
 * @param given the option `inputShape`: the shape of one sample, or of several inputs a list
 * @returns null where the model says all
 * @throws {TypeError} If a length is missing, or shapes are no ones of the model's inputs; RangeError if they are no shapes
 */
export function readInputShapes(
  what: string,
  given: Shape | readonly Shape[] | undefined,
  network: Network,
): PortShapes | null {
  const inputs = network.graph.feeds.map(({ output }) => output);
  if (given === undefined) {
    if (!network.isOpen) return null;
    const open = inputs.map(({ name, shape }) => `input "${name}" ${formatShape(shape)}`).join(" and ");
    throw new TypeError(
      `Cannot ${what}: the lengths of all axes must be known, but the model has ${open}; give the option inputShape, ${
        inputs.length === 1 ? "the shape of one sample" : "a list with the shape of one sample for each"
      }`,
    );
  }
  const list: readonly unknown[] = inputs.length === 1 && !Array.isArray(given[0]) ? [given] : given;
  if (!Array.isArray(given) || list.length !== inputs.length) {
    throw new TypeError(`Cannot ${what}: inputShape must have a shape for each of ${inputs.length} inputs`);
  }
  const shapes = list.map((shape, i) => {
    const read = checkSampleShape(what, "inputShape", shape);
    if (fitsShape(read, inputs[i].sampleShape)) return read;
    throw new TypeError(
      `Cannot ${what}: inputShape must fit samples of input "${inputs[i].name}", of shape ${
        formatSample(inputs[i].sampleShape)
      }, got ${formatSample(read)}`,
    );
  });
  return network.shapesFor(shapes.map((shape) => ({ shape: [1, ...shape] })));
}
