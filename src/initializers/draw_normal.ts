import type { RandomStream } from "../tensor/random_stream.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";

/**
 * Values drawn from a normal distribution, mean + stddev · z. With a limit, a z outside [−limit, limit] is drawn again.
 *
 * @param shape The shape of the parameter.
 * @param random Where the numbers come from.
 * @param mean The mean.
 * @param stddev The standard deviation, before truncation.
 * @param limit The largest |z| that is kept; none is refused by default.
 * @returns The values in row-major order.
 */
export function drawNormal(
  shape: Shape,
  random: RandomStream,
  mean: number,
  stddev: number,
  limit: number = Infinity,
): Float32Array {
  const values = new Float32Array(sizeOf(shape));
  for (let i = 0; i < values.length; i++) {
    let z = random.nextNormal();
    while (Math.abs(z) > limit) z = random.nextNormal();
    values[i] = mean + stddev * z;
  }
  return values;
}
