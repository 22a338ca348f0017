import { defineRow } from "../tables/define_row.ts";
import type { LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { Merge } from "./merge.ts";

/**
 * The sum of its inputs: y = a + b + …. It takes any number of inputs, all of one shape, which is the shape of y; along an axis of length 1 an input
 * is repeated, and one with fewer axes gets such axes behind the batch. The order of the inputs is the order of computing. Residual connections are sums.
 *
 * @example
 * ```ts
 * import { input, layers, model } from "retroprop";
 * const x = input({ shape: [4] });
 * const a = layers.dense({ units: 4, activation: "relu" }).apply(x);
 * const y = layers.add().apply([x, a]);
 * const net = model({ inputs: x, outputs: y });
 * ```
 * @throws TypeError when it is applied to inputs whose shapes differ otherwise
 */
export function add(options?: LayerOptions): Merge {
  return new Merge("add", options, { formula: "add" });
}

/** Its row of the table. */
export const addRow: LayerRow = defineRow({ id: "add", create: add });
