import { defineRow } from "../tables/define_row.ts";
import type { LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { Merge } from "./merge.ts";

/**
 * The difference of its two inputs: y = a − b. It takes exactly two inputs, all of one shape, which is the shape of y; along an axis of length 1 an input
 * is repeated, and one with fewer axes gets such axes behind the batch.
 *
 * @example
 * ```ts
 * import { input, layers, model } from "retroprop";
 * const x = input({ shape: [4] });
 * const a = layers.dense({ units: 4, activation: "relu" }).apply(x);
 * const y = layers.subtract().apply([x, a]);
 * const net = model({ inputs: x, outputs: y });
 * ```
 * @throws TypeError when it is applied to inputs whose shapes differ otherwise, or to another number of them
 */
export function subtract(options?: LayerOptions): Merge {
  return new Merge("subtract", options, { formula: "sub", inputs: 2 });
}

/** Its row of the table. */
export const subtractRow: LayerRow = defineRow({ id: "subtract", create: subtract });
