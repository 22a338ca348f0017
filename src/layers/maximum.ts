import { defineRow } from "../tables/define_row.ts";
import type { LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { Merge } from "./merge.ts";
import { pickUnmasked } from "./pick_unmasked.ts";

/**
 * The largest of its inputs, element by element: y = max(a, b, …). It takes any number of inputs, all of one shape, which is the shape of y; along an axis of length 1 an input
 * is repeated, and one with fewer axes gets such axes behind the batch. The order of the inputs is the order of computing. Where two are equal, each gets half of the gradient. What is masked does not count, unless all are.
 *
 * @example
 * ```ts
 * import { input, layers, model } from "retroprop";
 * const x = input({ shape: [4] });
 * const a = layers.dense({ units: 4, activation: "relu" }).apply(x);
 * const y = layers.maximum().apply([x, a]);
 * const net = model({ inputs: x, outputs: y });
 * ```
 * @throws TypeError when it is applied to inputs whose shapes differ otherwise
 */
export function maximum(options?: LayerOptions): Merge {
  return new Merge("maximum", options, { formula: "maximum", mergeMasked: pickUnmasked });
}

/** Its row of the table. */
export const maximumRow: LayerRow = defineRow({ id: "maximum", create: maximum });
