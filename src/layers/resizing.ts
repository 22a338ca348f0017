import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkString } from "../errors/check_string.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { cropToAspect } from "./crop_to_aspect.ts";
import { type DataFormat, readDataFormat } from "./data_format.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { resizeImages, type ResizeInterpolation } from "./resize_images.ts";
import { spatialAxes } from "./spatial_axes.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the layer that resizes images. */
export interface ResizingOptions extends LayerOptions {
  /** The new height, in pixels. */
  height: number;
  /** The new width, in pixels. */
  width: number;
  /** How new pixels follow from old ones: `bilinear`, the default, between their centres, or `nearest`. */
  interpolation?: ResizeInterpolation;
  /** Whether images are first cut, about their centre, to the aspect ratio of the result. Default false: they are stretched. */
  cropToAspectRatio?: boolean;
  /** Whether images first get a border on two opposite sides, which gives them the aspect ratio of the result. Default false. */
  padToAspectRatio?: boolean;
  /** What the border holds: `constant`, the only one. */
  fillMode?: "constant";
  /** The constant. Default 0. */
  fillValue?: number;
  /** `channels_last` for samples [height, width, channels], the default, or `channels_first`. */
  dataFormat?: DataFormat;
}

/** A layer that resizes images; see `layers.resizing`. */
export class Resizing extends Layer {
  readonly height: number;
  readonly width: number;
  readonly #interpolation: ResizeInterpolation;
  readonly #aspect: "stretched" | "cropped" | "padded";
  readonly #fillValue: number;
  readonly #dataFormat: "channels_last" | "channels_first";

  constructor(options: ResizingOptions) {
    super("resizing", options, [
      "height",
      "width",
      "interpolation",
      "cropToAspectRatio",
      "padToAspectRatio",
      "fillMode",
      "fillValue",
      "dataFormat",
    ]);
    const what = "create resizing layer";
    const { interpolation = "bilinear", cropToAspectRatio = false, padToAspectRatio = false } = options ?? {};
    this.height = checkInteger(what, "height", options?.height, { min: 1 });
    this.width = checkInteger(what, "width", options.width, { min: 1 });
    this.#interpolation = checkString(what, "interpolation", interpolation, ["bilinear", "nearest"]);
    const crops = checkBoolean(what, "cropToAspectRatio", cropToAspectRatio);
    const pads = checkBoolean(what, "padToAspectRatio", padToAspectRatio);
    if (crops && pads) {
      throw new TypeError(
        `Cannot ${what}: one of cropToAspectRatio and padToAspectRatio must be false, got true twice`,
      );
    }
    this.#aspect = crops ? "cropped" : pads ? "padded" : "stretched";
    checkString(what, "fillMode", options.fillMode ?? "constant", ["constant"]);
    this.#fillValue = checkNumber(what, "fillValue", options.fillValue ?? 0);
    this.#dataFormat = readDataFormat(what, options.dataFormat);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return {
      ...this.commonConfig(),
      height: this.height,
      width: this.width,
      interpolation: this.#interpolation,
      cropToAspectRatio: this.#aspect === "cropped",
      padToAspectRatio: this.#aspect === "padded",
      fillValue: this.#fillValue,
      dataFormat: this.#dataFormat,
    };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const axes = spatialAxes(this.name || this.type, x.shape, 2, this.#dataFormat);
    const lengths = [this.height, this.width];
    const framed = this.#aspect === "cropped"
      ? cropToAspect(t, x, axes, lengths)
      : this.#aspect === "padded"
      ? this.#padToAspect(t, x, axes)
      : x;
    return resizeImages(t, framed, axes, lengths, this.#interpolation);
  }

  #padToAspect(t: Tracing, x: Symbolic, axes: readonly number[]): Symbolic {
    const [rows, columns] = axes.map((axis) => x.shape[axis]);
    const wanted = [
      Math.floor(columns * this.height / this.width) - rows,
      Math.floor(rows * this.width / this.height) - columns,
    ];
    const width = x.shape.map((_, axis): [number, number] => {
      const border = Math.max(0, Math.floor((wanted[axes.indexOf(axis)] ?? 0) / 2));
      return [border, border];
    });
    return width.every(([border]) => border === 0) ? x : t.ops.pad(x, width, { value: this.#fillValue });
  }
}

/**
 * Resizes images: [batch, height of the images, width of the images, channels] → [batch, height, width, channels], in training and in
 * prediction.
 *
 * Row i lies at (i + ½) · height of the images / height − ½ of the old rows, not beyond the first or the last, and its pixels are between
 * theirs; columns likewise. With `interpolation: "nearest"` row i is the old row ⌊(i + ½) · height of the images / height⌋. Nothing is averaged
 * where images become smaller. Keras's `bicubic`, `lanczos3`, `lanczos5` and `antialias` are not there.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const smaller = layers.resizing({ height: 32, width: 32, cropToAspectRatio: true, inputShape: [64, 96, 3] });
 * ```
 * @throws TypeError or RangeError if an option is none of these, or images are to be cropped and padded both
 */
export function resizing(options: ResizingOptions): Resizing {
  return new Resizing(options);
}

/** Its row of the table. */
export const resizingRow: LayerRow = defineRow({ id: "resizing", create: resizing });
