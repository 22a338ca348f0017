import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { type DataFormat, readDataFormat } from "./data_format.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import { poolSpatial } from "./pool_spatial.ts";
import { readEachAxis } from "./read_each_axis.ts";
import { spatialAxes } from "./spatial_axes.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the layers that pool sequences to a given length. */
export interface AdaptivePooling1dOptions extends LayerOptions {
  /** How many steps the result has. */
  outputSize: number;
  /** `channels_last` for samples [steps, features], the default, or `channels_first`. */
  dataFormat?: DataFormat;
}

/** Options of the layers that pool images to a given size. */
export interface AdaptivePooling2dOptions extends LayerOptions {
  /** The height and width of the result: one number for both, or [height, width]. */
  outputSize: number | readonly [number, number];
  /** `channels_last` for samples [height, width, channels], the default, or `channels_first`. */
  dataFormat?: DataFormat;
}

/** A layer whose windows share its input evenly; see `layers.adaptiveMaxPooling2d` and `layers.adaptiveAveragePooling2d`. */
export class AdaptivePooling extends Layer {
  /** The lengths of the result's axes. */
  readonly outputSize: readonly number[];
  readonly #kind: "max" | "average";
  readonly #dataFormat: "channels_last" | "channels_first";

  /** @param axes along how many axes: 1 or 2 */
  constructor(kind: "max" | "average", axes: 1 | 2, options: AdaptivePooling1dOptions | AdaptivePooling2dOptions) {
    const type = `adaptive_${kind}_pooling${axes}d`;
    super(type, options, ["outputSize", "dataFormat"]);
    const what = `create ${type} layer`;
    this.outputSize = readEachAxis(what, "outputSize", options?.outputSize, axes);
    this.#kind = kind;
    this.#dataFormat = readDataFormat(what, options.dataFormat);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    const [only] = this.outputSize;
    return {
      ...this.commonConfig(),
      outputSize: this.outputSize.length === 1 ? only : this.outputSize,
      dataFormat: this.#dataFormat,
    };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    spatialAxes(this.name || this.type, x.shape, this.outputSize.length, this.#dataFormat);
    return poolSpatial(t, `${this.#kind}_pool`, x, this.#dataFormat, () => ({ output: this.outputSize }));
  }
}
