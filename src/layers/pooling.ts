import { checkString } from "../errors/check_string.ts";
import type { Json } from "../tensor/json.ts";
import { slideWindow } from "../tensor/slide_window.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { type DataFormat, readDataFormat } from "./data_format.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import { poolSpatial } from "./pool_spatial.ts";
import { readEachAxis } from "./read_each_axis.ts";
import { spatialAxes } from "./spatial_axes.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the layers that pool sequences. */
export interface Pooling1dOptions extends LayerOptions {
  /** How many steps a window has. Default 2. */
  poolSize?: number;
  /** How far the next window is. Default, as null: `poolSize`. */
  strides?: number | null;
  /** `valid`, the default: windows lie within the sequence; `same`: there are ⌈steps / strides⌉ of them, and some reach beyond its ends. */
  padding?: "valid" | "same";
  /** `channels_last` for samples [steps, features], the default, or `channels_first`. */
  dataFormat?: DataFormat;
}

/** Options of the layers that pool images. */
export interface Pooling2dOptions extends LayerOptions {
  /** The height and width of a window: one number for both, or [height, width]. Default 2. */
  poolSize?: number | readonly [number, number];
  /** How far the next window is: one number for both directions, or [down, to the right]. Default, as null: `poolSize`. */
  strides?: number | readonly [number, number] | null;
  /** `valid`, the default: windows lie within the image; `same`: there are ⌈length / stride⌉ of them a direction, and some reach beyond its edges. */
  padding?: "valid" | "same";
  /** `channels_last` for samples [height, width, channels], the default, or `channels_first`. */
  dataFormat?: DataFormat;
}

const AXES: Readonly<Record<1 | 2, readonly string[]>> = { 1: ["steps"], 2: ["height", "width"] };

/** A layer that takes the largest element or the mean of windows; see `layers.maxPooling2d` and `layers.averagePooling2d`. */
export class Pooling extends Layer {
  /** How many elements a window has along each axis. */
  readonly poolSize: readonly number[];
  /** How far the next window is along each axis. */
  readonly strides: readonly number[];
  readonly padding: "valid" | "same";
  readonly #kind: "max" | "average";
  readonly #dataFormat: "channels_last" | "channels_first";

  /** @param axes along how many axes: 1 or 2 */
  constructor(kind: "max" | "average", axes: 1 | 2, options: Pooling1dOptions | Pooling2dOptions = {}) {
    const type = `${kind}_pooling${axes}d`;
    super(type, options, ["poolSize", "strides", "padding", "dataFormat"]);
    const what = `create ${type} layer`;
    this.poolSize = readEachAxis(what, "poolSize", options.poolSize ?? 2, axes);
    this.strides = readEachAxis(what, "strides", options.strides ?? this.poolSize, axes);
    this.padding = checkString(what, "padding", options.padding ?? "valid", ["valid", "same"]);
    this.#kind = kind;
    this.#dataFormat = readDataFormat(what, options.dataFormat);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    const saved = (each: readonly number[]): Json => each.length === 1 ? each[0] : each;
    return {
      ...this.commonConfig(),
      poolSize: saved(this.poolSize),
      strides: saved(this.strides),
      padding: this.padding,
      dataFormat: this.#dataFormat,
    };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const axes = this.poolSize.length as 1 | 2;
    const name = this.name || this.type;
    spatialAxes(name, x.shape, axes, this.#dataFormat);
    return poolSpatial(t, `${this.#kind}_pool`, x, this.#dataFormat, (lengths) => ({
      window: this.poolSize,
      strides: this.strides,
      pads: lengths.flatMap((length, i) => {
        const window = { size: this.poolSize[i], stride: this.strides[i], dilation: 1 };
        const slide = slideWindow(`apply layer "${name}"`, AXES[axes][i], length, window, this.padding);
        return [slide.before, slide.after];
      }),
    }));
  }
}
