import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { drawNormal } from "./draw_normal.ts";
import type { Initializer } from "./initializer.ts";
import type { InitializerRow } from "./initializer_row.ts";
import { seeded } from "./seeded.ts";

/** Options of `randomNormal`. */
export interface RandomNormalOptions {
  /** The mean; 0 by default. */
  mean?: number;
  /** The standard deviation, >= 0; 0.05 by default. */
  stddev?: number;
  /** A seed of its own; by default the numbers come from the seed of the model. */
  seed?: number;
}

/**
 * Values from a normal distribution: mean + stddev · z.
 *
 * @param options Mean, standard deviation, seed.
 * @returns The initializer.
 * @throws {RangeError} If an option is out of range.
 */
export function randomNormal(options: RandomNormalOptions = {}): Initializer {
  const what = "create random_normal initializer";
  checkOptions(what, options, ["mean", "stddev", "seed"]);
  const mean = checkNumber(what, "mean", options.mean ?? 0);
  const stddev = checkNumber(what, "stddev", options.stddev ?? 0.05, { min: 0 });
  return seeded("random_normal", options.seed, { mean, stddev }, (shape, random) => {
    return drawNormal(shape, random, mean, stddev);
  });
}

/** Its row of the table. */
export const randomNormalRow: InitializerRow = defineRow({
  id: "random_normal",
  aliases: ["normal"],
  create: randomNormal,
});
