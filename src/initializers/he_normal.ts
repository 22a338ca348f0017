import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { drawScaled } from "./draw_scaled.ts";
import type { Initializer, SeedOptions } from "./initializer.ts";
import type { InitializerRow } from "./initializer_row.ts";
import { seeded } from "./seeded.ts";

/**
 * Truncated normal with mean 0 and standard deviation √(2 / fanIn). Suits relu.
 *
 * Source: He et al. 2015, Delving deep into rectifiers, arXiv:1502.01852.
 *
 * @param options The seed.
 * @returns The initializer.
 * @throws {RangeError} If the seed is not an integer from 0 to 2^53 − 1.
 */
export function heNormal(options: SeedOptions = {}): Initializer {
  checkOptions("create he_normal initializer", options, ["seed"]);
  return seeded(
    "he_normal",
    options.seed,
    {},
    (shape, random) => drawScaled(shape, random, 2, "fan_in", "truncated_normal"),
  );
}

/** Its row of the table. */
export const heNormalRow: InitializerRow = defineRow({ id: "he_normal", create: heNormal });
