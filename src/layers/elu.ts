import { elu as activation } from "../activations/elu.ts";
import { defineRow } from "../tables/define_row.ts";
import { FixedActivation } from "./fixed_activation.ts";
import type { LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";

/** Options of the ELU layer. */
export interface EluLayerOptions extends LayerOptions {
  /** The limit for x → −∞ is −alpha. Default 1. */
  alpha?: number;
}

/**
 * The exponential linear unit as a layer: y = x where x > 0, else alpha · (e^x − 1).
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const smooth = layers.elu({ alpha: 1 });
 * ```
 */
export function elu(options?: EluLayerOptions): FixedActivation {
  return new FixedActivation("elu", options, ["alpha"], activation);
}

/** Its row of the table. */
export const eluRow: LayerRow = defineRow({ id: "elu", create: elu });
