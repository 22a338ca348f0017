import { defineRow } from "../tables/define_row.ts";
import { Cropping } from "./cropping.ts";
import type { LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";

/** Options of the layer that crops sequences. */
export interface Cropping1dOptions extends LayerOptions {
  /** How many steps are cut off: at both ends, or [at the beginning, at the end]. Default 1. */
  cropping?: number | readonly [number, number];
}

/**
 * Cuts steps off both ends of a sequence: [batch, steps, features] → [batch, steps − before − after, features].
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const middle = layers.cropping1d({ cropping: [2, 1], inputShape: [10, 4] }); // gives [7, 4]
 * ```
 * @throws TypeError or RangeError if `cropping` is no such number or pair; TypeError when the model is built if nothing is left
 */
export function cropping1d(options?: Cropping1dOptions): Cropping {
  return new Cropping(1, options);
}

/** Its row of the table. */
export const cropping1dRow: LayerRow = defineRow({ id: "cropping1d", create: cropping1d });
