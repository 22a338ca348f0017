import { checkInteger } from "../errors/check_integer.ts";
import { RandomStream } from "../tensor/random_stream.ts";
import type { Shape } from "../tensor/shape.ts";
import { streamOf } from "../tensor/streams.ts";
import type { Initializer } from "./initializer.ts";

/**
 * Makes a random initializer: with a seed of its own it draws from that instead of the stream it is given.
 *
 * @param id The name in the table of initializers.
 * @param seed The seed of its own, or undefined.
 * @param config The other options, checked and in full.
 * @param draw Draws the values.
 * @returns The initializer; its config has the seed if there is one.
 * @throws {RangeError} If the seed is not an integer from 0 to 2^53 − 1.
 */
export function seeded(
  id: string,
  seed: number | undefined,
  config: Initializer["config"],
  draw: (shape: Shape, random: RandomStream) => Float32Array,
): Initializer {
  if (seed === undefined) return { id, config, initialize: draw };
  checkInteger(`create ${id} initializer`, "seed", seed, { min: 0 });
  return {
    id,
    config: { ...config, seed },
    initialize: (shape) => draw(shape, new RandomStream(seed, streamOf("init", 0))),
  };
}
