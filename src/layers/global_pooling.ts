import { checkBoolean } from "../errors/check_boolean.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { type DataFormat, readDataFormat } from "./data_format.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import { poolSpatial } from "./pool_spatial.ts";
import { spatialAxes } from "./spatial_axes.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the layers that pool all of a sequence or an image. */
export interface GlobalPoolingOptions extends LayerOptions {
  /** Whether the axes that are pooled stay, with length 1. Default false. */
  keepdims?: boolean;
  /** `channels_last` for samples [steps, features] or [height, width, channels], the default, or `channels_first`. */
  dataFormat?: DataFormat;
}

/** A layer that takes the largest element or the mean of each channel; see `layers.globalMaxPooling2d` and `layers.globalAveragePooling2d`. */
export class GlobalPooling extends Layer {
  readonly keepdims: boolean;
  readonly #kind: "max" | "average";
  readonly #axes: 1 | 2;
  readonly #dataFormat: "channels_last" | "channels_first";

  /** @param axes how many axes are pooled: 1 or 2 */
  constructor(kind: "max" | "average", axes: 1 | 2, options: GlobalPoolingOptions = {}) {
    const type = `global_${kind}_pooling${axes}d`;
    super(type, options, ["keepdims", "dataFormat"]);
    const what = `create ${type} layer`;
    this.keepdims = checkBoolean(what, "keepdims", options.keepdims ?? false);
    this.#kind = kind;
    this.#axes = axes;
    this.#dataFormat = readDataFormat(what, options.dataFormat);
    this.takesMask = kind === "average" && axes === 1;
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), keepdims: this.keepdims, dataFormat: this.#dataFormat };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    spatialAxes(this.name || this.type, x.shape, this.#axes, this.#dataFormat);
    const output = new Array<number>(this.#axes).fill(1);
    const mask = this.takesMask ? t.mask(x) : null;
    const y = poolSpatial(t, `${this.#kind}_pool`, x, this.#dataFormat, () => ({ output }));
    const batch = x.shape[0];
    const channels = y.shape[this.#dataFormat === "channels_last" ? y.shape.length - 1 : 1];
    const flat = mask === null ? t.ops.reshape(y, [batch, channels]) : this.#averageMasked(t, x, mask);
    return this.keepdims ? t.ops.reshape(flat, y.shape) : flat;
  }

  /** The mean of the steps that count; 0 where none does. */
  #averageMasked(t: Tracing, x: Symbolic, mask: Symbolic): Symbolic {
    const [batch, steps, features] = x.shape;
    if (mask.shape.length !== 2 || this.#dataFormat !== "channels_last") {
      throw new TypeError(
        `Cannot apply layer "${
          this.name || this.type
        }": a mask must be of the steps of samples [steps, features], got ${formatShape(mask.shape)} beside ${
          formatShape(x.shape)
        } with dataFormat "${this.#dataFormat}"`,
      );
    }
    const counted = t.graph.apply("scale_rows", [x, mask]);
    const mean = poolSpatial(t, "average_pool", counted, "channels_last", () => ({ output: [1] }));
    const count = t.ops.maximum(t.graph.apply("sum_rows", [mask]), 1);
    return t.graph.apply("scale_rows", [t.ops.reshape(mean, [batch, features]), t.ops.divide(steps, count)]);
  }
}
