import { defineRow } from "../tables/define_row.ts";
import type { LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { Merge } from "./merge.ts";

/**
 * The mean of its inputs: y = (a + b + …) / n for n inputs. It takes any number of inputs, all of one shape, which is the shape of y; along an axis of length 1 an input
 * is repeated, and one with fewer axes gets such axes behind the batch. The order of the inputs is the order of computing.
 *
 * @example
 * ```ts
 * import { input, layers, model } from "retroprop";
 * const x = input({ shape: [4] });
 * const a = layers.dense({ units: 4, activation: "relu" }).apply(x);
 * const y = layers.average().apply([x, a]);
 * const net = model({ inputs: x, outputs: y });
 * ```
 * @throws TypeError when it is applied to inputs whose shapes differ otherwise
 */
export function average(options?: LayerOptions): Merge {
  return new Merge("average", options, {
    formula: "add",
    finish: (t, sum, inputs) => inputs === 1 ? sum : t.ops.multiply(sum, 1 / inputs),
  });
}

/** Its row of the table. */
export const averageRow: LayerRow = defineRow({ id: "average", create: average });
