import { fitsShape } from "../tensor/fits_shape.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import type { Shape } from "../tensor/shape.ts";

/**
 * The shape that data of a given one have as samples of another; null if they are none. A last axis of length 1 may be left out or be there too
 * much; flat data stand for samples of one value.
 *
 * @param sample the shape of one sample; null stands for any length
 */
export function fitSampleShape(given: Shape, sample: OpenShape): Shape | null {
  if (fitsShape(given, sample, 1)) return given;
  if (given.length === 1 && sample.every((length) => length === 1)) return [given[0], ...sample as Shape];
  if (sample[sample.length - 1] === 1 && fitsShape(given, sample.slice(0, -1), 1)) return [...given, 1];
  if (given.length === sample.length + 2 && given[given.length - 1] === 1) {
    return fitSampleShape(given.slice(0, -1), sample);
  }
  return null;
}
