import { describeValue } from "../errors/describe_value.ts";
import { defineRow } from "../tables/define_row.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the layer that permutes axes. */
export interface PermuteOptions extends LayerOptions {
  /** The axes of a sample in their new order, counted from 1: `[2, 1]` swaps two. */
  dims: readonly number[];
}

/** A layer that permutes the axes of samples; see `layers.permute`. */
export class Permute extends Layer {
  readonly dims: readonly number[];

  constructor(options: PermuteOptions) {
    super("permute", options, ["dims"]);
    const dims: unknown = options?.dims;
    if (!Array.isArray(dims) || dims.length === 0 || !dims.every((_, i) => dims.includes(i + 1))) {
      throw new RangeError(
        `Cannot create permute layer: dims must hold every axis of a sample once, counted from 1, got ${
          describeValue(dims)
        }`,
      );
    }
    this.dims = Object.freeze([...dims as number[]]);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), dims: this.dims };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    if (x.shape.length !== this.dims.length + 1) {
      throw new TypeError(
        `Cannot apply layer "${this.name || this.type}": dims ${
          formatShape(this.dims)
        } are for samples with ${this.dims.length} axes, got shape ${formatShape(x.shape.slice(1))}`,
      );
    }
    return t.ops.transpose(x, [0, ...this.dims]);
  }
}

/**
 * Gives the axes of samples another order: axis k of y is axis dims[k] of x; the batch stays first.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const swapped = layers.permute({ dims: [2, 1], inputShape: [10, 64] }); // gives [64, 10]
 * ```
 * @throws RangeError if `dims` does not hold 1, 2, … each once; TypeError when the model is built if samples have another number of axes
 */
export function permute(options: PermuteOptions): Permute {
  return new Permute(options);
}

/** Its row of the table. */
export const permuteRow: LayerRow = defineRow({ id: "permute", create: permute });
