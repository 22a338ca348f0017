import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { checkString } from "../errors/check_string.ts";
import { defineRow } from "../tables/define_row.ts";
import { drawScaled, type FanMode, type ScaledDistribution } from "./draw_scaled.ts";
import type { Initializer } from "./initializer.ts";
import type { InitializerRow } from "./initializer_row.ts";
import { seeded } from "./seeded.ts";

const MODES: readonly FanMode[] = ["fan_in", "fan_out", "fan_avg"];
const DISTRIBUTIONS: readonly (ScaledDistribution | "normal")[] = [
  "uniform",
  "truncated_normal",
  "untruncated_normal",
  "normal",
];

/** Options of `varianceScaling`. */
export interface VarianceScalingOptions {
  /** What the variance is multiplied by, > 0; 1 by default. */
  scale?: number;
  /** Which fan the variance is divided by; `"fan_in"` by default. */
  mode?: FanMode;
  /** The distribution; `"truncated_normal"` by default, for which `"normal"` is another name. */
  distribution?: ScaledDistribution | "normal";
  /** A seed of its own; by default the numbers come from the seed of the model. */
  seed?: number;
}

/**
 * Values with mean 0 and variance scale / n, n being the number of inputs, of outputs, or the mean of both.
 * Glorot, He and LeCun initializers are special cases.
 *
 * @param options Scale, mode, distribution, seed.
 * @returns The initializer.
 * @throws {RangeError} If an option is out of range or not in its list.
 */
export function varianceScaling(options: VarianceScalingOptions = {}): Initializer {
  const what = "create variance_scaling initializer";
  checkOptions(what, options, ["scale", "mode", "distribution", "seed"]);
  const scale = checkNumber(what, "scale", options.scale ?? 1, { minExclusive: 0 });
  const mode = checkString(what, "mode", options.mode ?? "fan_in", MODES);
  const name = checkString(what, "distribution", options.distribution ?? "truncated_normal", DISTRIBUTIONS);
  const distribution = name === "normal" ? "truncated_normal" : name;
  return seeded("variance_scaling", options.seed, { scale, mode, distribution }, (shape, random) => {
    return drawScaled(shape, random, scale, mode, distribution);
  });
}

/** Its row of the table. */
export const varianceScalingRow: InitializerRow = defineRow({ id: "variance_scaling", create: varianceScaling });
