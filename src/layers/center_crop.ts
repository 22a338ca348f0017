import { checkInteger } from "../errors/check_integer.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { cropImages } from "./crop_images.ts";
import { cropToAspect } from "./crop_to_aspect.ts";
import { type DataFormat, readDataFormat } from "./data_format.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { resizeImages } from "./resize_images.ts";
import { spatialAxes } from "./spatial_axes.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the layer that cuts out the middle of images. */
export interface CenterCropOptions extends LayerOptions {
  /** The height of the result, in pixels. */
  height: number;
  /** The width of the result, in pixels. */
  width: number;
  /** `channels_last` for samples [height, width, channels], the default, or `channels_first`. */
  dataFormat?: DataFormat;
}

/** A layer that cuts out the middle of images; see `layers.centerCrop`. */
export class CenterCrop extends Layer {
  readonly height: number;
  readonly width: number;
  readonly #dataFormat: "channels_last" | "channels_first";

  constructor(options: CenterCropOptions) {
    super("center_crop", options, ["height", "width", "dataFormat"]);
    const what = "create center_crop layer";
    this.height = checkInteger(what, "height", options?.height, { min: 1 });
    this.width = checkInteger(what, "width", options.width, { min: 1 });
    this.#dataFormat = readDataFormat(what, options.dataFormat);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), height: this.height, width: this.width, dataFormat: this.#dataFormat };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const axes = spatialAxes(this.name || this.type, x.shape, 2, this.#dataFormat);
    const lengths = [this.height, this.width];
    return axes.every((axis, i) => x.shape[axis] >= lengths[i])
      ? cropImages(t, x, axes, lengths)
      : resizeImages(t, cropToAspect(t, x, axes, lengths), axes, lengths);
  }
}

/**
 * Cuts out the middle of images: [batch, height of the images, width of the images, channels] → [batch, height, width, channels], in
 * training and in prediction. ⌊(height of the images − height) / 2⌋ rows are cut off at the top, columns likewise at the left.
 *
 * Images that are smaller than the result are instead cut to its aspect ratio, about their centre, and resized, bilinearly.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const middle = layers.centerCrop({ height: 24, width: 24, inputShape: [28, 28, 1] });
 * ```
 * @throws TypeError or RangeError if `height` or `width` is no integer >= 1
 */
export function centerCrop(options: CenterCropOptions): CenterCrop {
  return new CenterCrop(options);
}

/** Its row of the table. */
export const centerCropRow: LayerRow = defineRow({ id: "center_crop", create: centerCrop });
