import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { drawUniform } from "./draw_uniform.ts";
import type { Initializer } from "./initializer.ts";
import type { InitializerRow } from "./initializer_row.ts";
import { seeded } from "./seeded.ts";

/** Options of `randomUniform`. */
export interface RandomUniformOptions {
  /** The lower limit, inclusive; −0.05 by default. */
  minval?: number;
  /** The upper limit, exclusive; 0.05 by default. */
  maxval?: number;
  /** A seed of its own; by default the numbers come from the seed of the model. */
  seed?: number;
}

/**
 * Values from a uniform distribution over [minval, maxval).
 *
 * @param options Limits, seed.
 * @returns The initializer.
 * @throws {RangeError} If an option is out of range, or maxval is below minval.
 */
export function randomUniform(options: RandomUniformOptions = {}): Initializer {
  const what = "create random_uniform initializer";
  checkOptions(what, options, ["minval", "maxval", "seed"]);
  const minval = checkNumber(what, "minval", options.minval ?? -0.05);
  const maxval = checkNumber(what, "maxval", options.maxval ?? 0.05, { min: minval });
  return seeded("random_uniform", options.seed, { minval, maxval }, (shape, random) => {
    return drawUniform(shape, random, minval, maxval);
  });
}

/** Its row of the table. */
export const randomUniformRow: InitializerRow = defineRow({
  id: "random_uniform",
  aliases: ["uniform"],
  create: randomUniform,
});
