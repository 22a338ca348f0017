import { checkInteger } from "../errors/check_integer.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { checkSeed } from "./check_seed.ts";
import { cropToAspect } from "./crop_to_aspect.ts";
import { type DataFormat, readDataFormat } from "./data_format.ts";
import { drawBetween } from "./draw_between.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { moveImages } from "./move_images.ts";
import { resizeImages } from "./resize_images.ts";
import { spatialAxes } from "./spatial_axes.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the layer that cuts windows out of images. */
export interface RandomCropOptions extends LayerOptions {
  /** The height of the result, in pixels. */
  height: number;
  /** The width of the result, in pixels. */
  width: number;
  /** A seed of its own. Default: the model's. */
  seed?: number;
  /** `channels_last` for samples [height, width, channels], the default, or `channels_first`. */
  dataFormat?: DataFormat;
}

/** A layer that cuts windows out of images; see `layers.randomCrop`. */
export class RandomCrop extends Layer {
  readonly height: number;
  readonly width: number;
  readonly seed: number | undefined;
  readonly #dataFormat: "channels_last" | "channels_first";

  constructor(options: RandomCropOptions) {
    super("random_crop", options, ["height", "width", "seed", "dataFormat"]);
    const what = "create random_crop layer";
    this.height = checkInteger(what, "height", options?.height, { min: 1 });
    this.width = checkInteger(what, "width", options.width, { min: 1 });
    this.seed = checkSeed(what, options.seed);
    this.#dataFormat = readDataFormat(what, options.dataFormat);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    const { height, width, seed } = this;
    const own = { height, width, dataFormat: this.#dataFormat };
    return { ...this.commonConfig(), ...own, ...(seed === undefined ? {} : { seed }) };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const axes = spatialAxes(this.name || this.type, x.shape, 2, this.#dataFormat);
    const lengths = [this.height, this.width];
    const places = axes.map((axis, i) => x.shape[axis] - lengths[i] + 1);
    if (!t.training || places.some((count) => count < 1)) {
      return resizeImages(t, cropToAspect(t, x, axes, lengths), axes, lengths);
    }
    // The nearest pixel to i − ½ + part, with a part from 0 to below 1, is pixel i; the last place is not left by a rounding either.
    const drawn = drawBetween(t, x.shape[0], places.map((count) => [-0.5, count - 0.5]), this.seed);
    const [shiftY, shiftX] = drawn.map((place, i) => t.ops.minimum(place, places[i] - 1));
    return moveImages(t, x, { shiftX, shiftY }, {
      dataFormat: this.#dataFormat,
      nearest: true,
      fillMode: "nearest",
      fillValue: 0,
      height: this.height,
      width: this.width,
    });
  }
}

/**
 * Cuts windows out of images: [batch, height of the images, width of the images, channels] → [batch, height, width, channels]. While training
 * every window of whole pixels is equally likely, and each image has its own.
 *
 * In `predict` and `evaluate`, and where images are smaller than the result, they are instead cut to its aspect ratio, about their centre, and
 * resized, bilinearly. The place is a function of (seed, layer, step, sample): the same for any number of workers, and after a resume. Keras
 * draws one place for all images of a batch.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const cut = layers.randomCrop({ height: 28, width: 28, inputShape: [32, 32, 3] });
 * ```
 * @throws TypeError or RangeError if an option is none of these
 */
export function randomCrop(options: RandomCropOptions): RandomCrop {
  return new RandomCrop(options);
}

/** Its row of the table. */
export const randomCropRow: LayerRow = defineRow({ id: "random_crop", create: randomCrop });
