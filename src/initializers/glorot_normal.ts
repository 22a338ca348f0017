import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { drawScaled } from "./draw_scaled.ts";
import type { Initializer, SeedOptions } from "./initializer.ts";
import type { InitializerRow } from "./initializer_row.ts";
import { seeded } from "./seeded.ts";

/**
 * Truncated normal with mean 0 and standard deviation √(2 / (fanIn + fanOut)).
 *
 * Source: Glorot and Bengio 2010, Understanding the difficulty of training deep feedforward neural networks.
 *
 * @param options The seed.
 * @returns The initializer.
 * @throws {RangeError} If the seed is not an integer from 0 to 2^53 − 1.
 */
export function glorotNormal(options: SeedOptions = {}): Initializer {
  checkOptions("create glorot_normal initializer", options, ["seed"]);
  return seeded(
    "glorot_normal",
    options.seed,
    {},
    (shape, random) => drawScaled(shape, random, 1, "fan_avg", "truncated_normal"),
  );
}

/** Its row of the table. */
export const glorotNormalRow: InitializerRow = defineRow({ id: "glorot_normal", create: glorotNormal });
