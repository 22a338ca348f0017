import { defineRow } from "../tables/define_row.ts";
import type { LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { UpSampling } from "./up_sampling.ts";

/** Options of the layer that repeats steps. */
export interface UpSampling1dOptions extends LayerOptions {
  /** How often each step is repeated. Default 2. */
  size?: number;
}

/**
 * Repeats every step of a sequence: [batch, steps, features] → [batch, size · steps, features], y[i] = x[⌊i / size⌋].
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const longer = layers.upSampling1d({ size: 3, inputShape: [10, 4] }); // gives [30, 4]
 * ```
 * @throws TypeError or RangeError if `size` is no integer >= 1
 */
export function upSampling1d(options?: UpSampling1dOptions): UpSampling {
  return new UpSampling(1, options);
}

/** Its row of the table. */
export const upSampling1dRow: LayerRow = defineRow({ id: "up_sampling1d", create: upSampling1d });
