import type { RandomStream } from "../tensor/random_stream.ts";
import type { Shape } from "../tensor/shape.ts";
import { computeFans } from "./compute_fans.ts";
import { drawNormal } from "./draw_normal.ts";
import { drawUniform } from "./draw_uniform.ts";

/** Which fan the variance is divided by. */
export type FanMode = "fan_in" | "fan_out" | "fan_avg";

/** The distribution that values are drawn from. */
export type ScaledDistribution = "uniform" | "truncated_normal" | "untruncated_normal";

/** The standard deviation of a standard normal distribution truncated at ±2: √(1 − 4φ(2)/(2Φ(2) − 1)). */
const TRUNCATED_STDDEV = 0.87962566103423978;

/**
 * Values with mean 0 and variance scale / n, n = max(1, fan) being the fan that the mode names (`fan_avg`: the mean of both).
 * - `uniform`: from [−√(3·scale/n), √(3·scale/n));
 * - `truncated_normal`: normal, cut at two standard deviations, and widened so that the variance is right after the cut;
 * - `untruncated_normal`: normal.
 *
 * @param shape The shape of the parameter.
 * @param random Where the numbers come from.
 * @param scale The scale, > 0.
 * @param mode Which fan counts.
 * @param distribution The distribution.
 * @returns The values in row-major order.
 */
export function drawScaled(
  shape: Shape,
  random: RandomStream,
  scale: number,
  mode: FanMode,
  distribution: ScaledDistribution,
): Float32Array {
  const { fanIn, fanOut } = computeFans(shape);
  const fan = mode === "fan_in" ? fanIn : mode === "fan_out" ? fanOut : (fanIn + fanOut) / 2;
  const variance = scale / Math.max(1, fan);
  if (distribution === "uniform") {
    const limit = Math.sqrt(3 * variance);
    return drawUniform(shape, random, -limit, limit);
  }
  if (distribution === "untruncated_normal") return drawNormal(shape, random, 0, Math.sqrt(variance));
  return drawNormal(shape, random, 0, Math.sqrt(variance) / TRUNCATED_STDDEV, 2);
}
