import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { drawScaled } from "./draw_scaled.ts";
import type { Initializer, SeedOptions } from "./initializer.ts";
import type { InitializerRow } from "./initializer_row.ts";
import { seeded } from "./seeded.ts";

/**
 * Truncated normal with mean 0 and standard deviation √(1 / fanIn). Suits selu.
 *
 * Source: LeCun et al. 1998, Efficient backprop.
 *
 * @param options The seed.
 * @returns The initializer.
 * @throws {RangeError} If the seed is not an integer from 0 to 2^53 − 1.
 */
export function lecunNormal(options: SeedOptions = {}): Initializer {
  checkOptions("create lecun_normal initializer", options, ["seed"]);
  return seeded(
    "lecun_normal",
    options.seed,
    {},
    (shape, random) => drawScaled(shape, random, 1, "fan_in", "truncated_normal"),
  );
}

/** Its row of the table. */
export const lecunNormalRow: InitializerRow = defineRow({ id: "lecun_normal", create: lecunNormal });
