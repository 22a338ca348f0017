/**
 * Rules that end bad trials early: `pruners.halving()`.
 *
 * @module
 */
export { none } from "./none.ts";
export { asha, type AshaOptions } from "./asha.ts";
export { halving, type HalvingOptions } from "./halving.ts";
export { median, type MedianOptions } from "./median.ts";

export type { Pruner, PrunerContext, Review, ReviewContext, Verdict } from "./pruner.ts";
export type { RungOptions } from "./rungs.ts";
