import type { Sampler } from "./sampler.ts";
import { grid } from "./grid.ts";
import { quasiRandom } from "./quasi_random.ts";
import { random } from "./random.ts";
import { tpe } from "./tpe.ts";

/** The names of the samplers. */
export type SamplerName = "grid" | "random" | "quasi_random" | "tpe";

/** The samplers by name: each makes a sampler from its options, which it checks. */
export const SAMPLERS: Readonly<Record<SamplerName, (options?: Record<string, never>) => Sampler>> = {
  grid,
  random,
  quasi_random: quasiRandom,
  tpe,
};
