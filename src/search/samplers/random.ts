import { checkOptions } from "../../errors/check_options.ts";
import { defineRow } from "../../tables/define_row.ts";
import { RandomStream } from "../../tensor/random_stream.ts";
import { drawParams } from "../space/draw_params.ts";
import type { Sampler } from "./sampler.ts";
import type { SamplerRow } from "./sampler_row.ts";
import { SEARCH_STREAMS } from "./search_streams.ts";
import { listInRandomOrder } from "./list_in_random_order.ts";
import { remember } from "./remember.ts";

/**
 * Draws every trial independently from the space. Nothing is tried twice where the space has at most 65,536 points: there it
 * ends when all have been tried.
 *
 * Source: Bergstra and Bengio 2012, Random search for hyper-parameter optimization.
 *
 * @param options None.
 * @returns The sampler.
 * @throws {TypeError} If there is an option.
 */
export function random(options: Record<string, never> = {}): Sampler {
  checkOptions("create random sampler", options, []);
  const order = remember(listInRandomOrder);
  return {
    id: "random",
    config: {},
    isAdaptive: false,
    count: (space) => order(space, 0)?.length ?? null,
    propose({ space, index, seed }) {
      const points = order(space, seed);
      if (points !== null) return points[index] ?? null;
      return drawParams(space, new RandomStream(seed, SEARCH_STREAMS.params, index));
    },
  };
}

/** Its row of the table. */
export const randomRow: SamplerRow = defineRow({ id: "random", create: random });
