import { softmax as activation } from "../activations/softmax.ts";
import { FixedActivation } from "./fixed_activation.ts";
import type { LayerOptions } from "./layer.ts";

/**
 * Softmax over the last axis as a layer: y[j] = e^x[j] / Σ e^x[k].
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const probabilities = layers.softmax();
 * ```
 */
export function softmax(options?: LayerOptions): FixedActivation {
  return new FixedActivation("softmax", options, [], () => activation.create());
}
