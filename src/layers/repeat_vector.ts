import { checkInteger } from "../errors/check_integer.ts";
import { defineRow } from "../tables/define_row.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the layer that repeats a vector. */
export interface RepeatVectorOptions extends LayerOptions {
  /** How many times. */
  n: number;
}

/** A layer that repeats a vector; see `layers.repeatVector`. */
export class RepeatVector extends Layer {
  readonly n: number;

  constructor(options: RepeatVectorOptions) {
    super("repeat_vector", options, ["n"]);
    this.n = checkInteger("create repeat_vector layer", "n", options?.n, { min: 1 });
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), n: this.n };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    if (x.shape.length !== 2) {
      throw new TypeError(
        `Cannot apply layer "${this.name || this.type}": samples must be vectors, got shape ${
          formatShape(x.shape.slice(1))
        }`,
      );
    }
    return t.ops.repeat(t.ops.expandDims(x, 1), this.n, { axis: 1 });
  }
}

/**
 * Makes a sequence of n equal steps of a vector: [batch, features] → [batch, n, features].
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const steps = layers.repeatVector({ n: 3, inputShape: [4] }); // gives [3, 4]
 * ```
 * @throws TypeError or RangeError if `n` is no integer >= 1; TypeError when the model is built if samples are no vectors
 */
export function repeatVector(options: RepeatVectorOptions): RepeatVector {
  return new RepeatVector(options);
}

/** Its row of the table. */
export const repeatVectorRow: LayerRow = defineRow({ id: "repeat_vector", create: repeatVector });
