import { describeValue } from "../errors/describe_value.ts";
import { defineRow } from "../tables/define_row.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the reshape layer. */
export interface ReshapeOptions extends LayerOptions {
  /** The new shape of one sample; one size may be −1, and follows from the others. */
  targetShape: Shape;
}

/** A layer that gives samples another shape; see `layers.reshape`. */
export class Reshape extends Layer {
  readonly targetShape: Shape;

  constructor(options: ReshapeOptions) {
    super("reshape", options, ["targetShape"]);
    const target: unknown = options?.targetShape;
    const valid = Array.isArray(target) &&
      target.every((size) => Number.isInteger(size) && (size >= 1 || size === -1)) &&
      target.filter((size) => size === -1).length <= 1;
    if (!valid) {
      throw new RangeError(
        `Cannot create reshape layer: targetShape must be an array of integers >= 1, of which one may be -1, got ${
          describeValue(target)
        }`,
      );
    }
    this.targetShape = Object.freeze([...target as number[]]);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), targetShape: this.targetShape };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const given = x.shape.slice(1);
    const known = this.targetShape.reduce((product, size) => size === -1 ? product : product * size, 1);
    const rest = sizeOf(given) / known;
    const target = this.targetShape.map((size) => size === -1 ? rest : size);
    if (!Number.isInteger(rest) || sizeOf(target) !== sizeOf(given)) {
      throw new TypeError(
        `Cannot apply layer "${this.name}": a sample of shape ${formatShape(given)} has ${
          sizeOf(given)
        } elements, which do not fit ` +
          `targetShape ${formatShape(this.targetShape)}`,
      );
    }
    return t.ops.reshape(x, [x.shape[0], ...target]);
  }
}

/**
 * Gives every sample another shape with as many elements, in row-major order.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const image = layers.reshape({ targetShape: [28, 28, 1], inputShape: [784] });
 * ```
 * @throws TypeError when the model is built if the new shape has another number of elements
 */
export function reshape(options: ReshapeOptions): Reshape {
  return new Reshape(options);
}

/** Its row of the table. */
export const reshapeRow: LayerRow = defineRow({ id: "reshape", create: reshape });
