import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { drawScaled } from "./draw_scaled.ts";
import type { Initializer, SeedOptions } from "./initializer.ts";
import type { InitializerRow } from "./initializer_row.ts";
import { seeded } from "./seeded.ts";

/**
 * Uniform over [−a, a), a = √(6 / (fanIn + fanOut)). The default for kernels.
 *
 * Source: Glorot and Bengio 2010, Understanding the difficulty of training deep feedforward neural networks.
 *
 * @param options The seed.
 * @returns The initializer.
 * @throws {RangeError} If the seed is not an integer from 0 to 2^53 − 1.
 */
export function glorotUniform(options: SeedOptions = {}): Initializer {
  checkOptions("create glorot_uniform initializer", options, ["seed"]);
  return seeded(
    "glorot_uniform",
    options.seed,
    {},
    (shape, random) => drawScaled(shape, random, 1, "fan_avg", "uniform"),
  );
}

/** Its row of the table. */
export const glorotUniformRow: InitializerRow = defineRow({ id: "glorot_uniform", create: glorotUniform });
