import { formatSample } from "../tensor/format_sample.ts";
import type { OpenShape } from "../tensor/open_shape.ts";

/**
 * The axis of predictions along which a loss finds its classes, counted from 0.
 *
 * @param what what is done, for the message: `compute binary_crossentropy`
 * @param shape the predictions, the batch first
 * @param axis as it was given: negative ones count from the end. Default −1
 * @throws {RangeError} If it is the batch, or there is no such axis
 */
export function classAxis(what: string, shape: OpenShape, axis = -1): number {
  const found = axis < 0 ? axis + shape.length : axis;
  if (found > 0 && found < shape.length) return found;
  throw new RangeError(
    `Cannot ${what}: axis must be one of the predictions', the batch being 0, got ${axis} for samples of shape ${
      formatSample(shape.slice(1))
    }`,
  );
}
