/**
 * Rules for which params a search tries: `samplers.tpe()`.
 *
 * @module
 */
export { grid } from "./grid.ts";
export { random } from "./random.ts";
export { quasiRandom, type QuasiRandomOptions } from "./quasi_random.ts";
export { tpe, type TpeOptions } from "./tpe.ts";
export { cmaEs, type CmaEsSamplerOptions } from "./cma_es.ts";

export type { Direction, FinishedTrial, Sampler, SamplerContext } from "./sampler.ts";
