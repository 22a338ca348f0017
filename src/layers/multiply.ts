import { defineRow } from "../tables/define_row.ts";
import type { LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { Merge } from "./merge.ts";
import { multiplyUnmasked } from "./multiply_unmasked.ts";

/**
 * The product of its inputs, element by element: y = a · b · …. It takes any number of inputs, all of one shape, which is the shape of y; along an axis of length 1 an input
 * is repeated, and one with fewer axes gets such axes behind the batch. The order of the inputs is the order of computing. What is masked counts as 1; where all are masked, y is 0.
 *
 * @example
 * ```ts
 * import { input, layers, model } from "retroprop";
 * const x = input({ shape: [4] });
 * const a = layers.dense({ units: 4, activation: "relu" }).apply(x);
 * const y = layers.multiply().apply([x, a]);
 * const net = model({ inputs: x, outputs: y });
 * ```
 * @throws TypeError when it is applied to inputs whose shapes differ otherwise
 */
export function multiply(options?: LayerOptions): Merge {
  return new Merge("multiply", options, { formula: "mul", mergeMasked: multiplyUnmasked });
}

/** Its row of the table. */
export const multiplyRow: LayerRow = defineRow({ id: "multiply", create: multiply });
