import { defineRow } from "../tables/define_row.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import type { Tracing } from "./tracing.ts";

/** A layer that makes every sample a vector; see `layers.flatten`. */
export class Flatten extends Layer {
  constructor(options?: LayerOptions) {
    super("flatten", options, []);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return this.commonConfig();
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const [batch, ...sample] = x.shape;
    return t.ops.reshape(x, [batch, sizeOf(sample)]);
  }
}

/**
 * Makes every sample a vector: [batch, a, b, …] → [batch, a·b·…].
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const vector = layers.flatten({ inputShape: [28, 28] });
 * ```
 */
export function flatten(options?: LayerOptions): Flatten {
  return new Flatten(options);
}

/** Its row of the table. */
export const flattenRow: LayerRow = defineRow({ id: "flatten", create: flatten });
