import { describeValue } from "../errors/describe_value.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { sharedSizes } from "../ops/shared_sizes.ts";
import type { Shape } from "../tensor/shape.ts";

/** The shape of what is drawn, with the batch: 1 for an axis along which all elements share it; null, or the axis' size, for others. */
export type NoiseShape = readonly (number | null)[];

/** Checks a noise shape, and copies it. @throws {TypeError} If it is none */
export function checkNoiseShape(what: string, shape: NoiseShape | null | undefined): NoiseShape | null {
  if (shape === undefined || shape === null) return null;
  const isSize = (size: unknown): boolean => size === null || (Number.isInteger(size) && Number(size) >= 1);
  if (Array.isArray(shape) && shape.every(isSize) && (shape[0] === null || shape[0] === 1)) {
    return Object.freeze([...shape as NoiseShape]);
  }
  throw new TypeError(
    `Cannot ${what}: noiseShape must be an array of integers >= 1 or null, with null or 1 for the batch first, got ${
      describeValue(shape)
    }`,
  );
}

/**
 * The axes, counted with the batch, that a noise shape shares.
 *
 * @param layer the layer's name, for messages
 * @throws {TypeError} If it does not fit the samples
 */
export function sharedAxes(layer: string, noiseShape: NoiseShape | null, sample: Shape): readonly number[] {
  if (noiseShape === null) return [];
  const fits = noiseShape.length === sample.length + 1 &&
    noiseShape.every((size, axis) => axis === 0 || size === null || size === 1 || size === sample[axis - 1]);
  if (fits) {
    const shared = noiseShape.flatMap((size, axis) =>
      size === 1 && (axis === 0 || sample[axis - 1] !== 1) ? [axis] : []
    );
    try {
      sharedSizes(layer, [1, ...sample], shared);
      return shared;
    } catch (cause) {
      throw new TypeError(
        `Cannot build layer "${layer}": noiseShape must share axes in at most two runs, the first of which begins the sample or is alone, got ${
          describeValue(noiseShape)
        } for samples of shape ${formatShape(sample)}`,
        { cause },
      );
    }
  }
  throw new TypeError(
    `Cannot build layer "${layer}": noiseShape must have the batch and the axes of a sample, each 1, null or its size, for samples of shape ${
      formatShape(sample)
    }, got ${describeValue(noiseShape)}`,
  );
}
