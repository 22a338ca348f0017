import type { RandomStream } from "../tensor/random_stream.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";

/**
 * Values drawn uniformly from [low, high).
 *
 * @param shape The shape of the parameter.
 * @param random Where the numbers come from, one word a value.
 * @param low The lower limit.
 * @param high The upper limit.
 * @returns The values in row-major order.
 */
export function drawUniform(shape: Shape, random: RandomStream, low: number, high: number): Float32Array {
  const values = new Float32Array(sizeOf(shape));
  const width = high - low;
  for (let i = 0; i < values.length; i++) values[i] = low + width * random.nextUniform();
  return values;
}
