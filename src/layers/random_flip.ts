import { checkString } from "../errors/check_string.ts";
import { defineRow } from "../tables/define_row.ts";
import type { EitherSpelling } from "../errors/either_spelling.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { checkSeed } from "./check_seed.ts";
import { type DataFormat, readDataFormat } from "./data_format.ts";
import { drawBetween } from "./draw_between.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { moveImages } from "./move_images.ts";
import { spatialAxes } from "./spatial_axes.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the layer that mirrors images. */
export interface RandomFlipOptions extends LayerOptions {
  /** `horizontal` swaps left and right, `vertical` top and bottom, `horizontal_and_vertical`, the default, both at once. */
  mode?: EitherSpelling<"horizontal" | "vertical" | "horizontal_and_vertical">;
  /** A seed of its own. Default: the model's. */
  seed?: number;
  /** `channels_last` for samples [height, width, channels], the default, or `channels_first`. */
  dataFormat?: DataFormat;
}

const MODES = ["horizontal", "vertical", "horizontal_and_vertical"] as const;

/** A layer that mirrors images while training; see `layers.randomFlip`. */
export class RandomFlip extends Layer {
  readonly mode: typeof MODES[number];
  readonly seed: number | undefined;
  readonly #dataFormat: "channels_last" | "channels_first";

  constructor(options?: RandomFlipOptions) {
    super("random_flip", options ?? {}, ["mode", "seed", "dataFormat"]);
    const what = "create random_flip layer";
    const { mode = "horizontal_and_vertical", seed, dataFormat } = options ?? {};
    this.mode = checkString(what, "mode", mode === "horizontalAndVertical" ? "horizontal_and_vertical" : mode, MODES);
    this.seed = checkSeed(what, seed);
    this.#dataFormat = readDataFormat(what, dataFormat);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    const { mode, seed } = this;
    return { ...this.commonConfig(), mode, dataFormat: this.#dataFormat, ...(seed === undefined ? {} : { seed }) };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    spatialAxes(this.name || this.type, x.shape, 2, this.#dataFormat);
    if (!t.training) return x;
    const [drawn] = drawBetween(t, x.shape[0], [[0, 1]], this.seed);
    const scale = t.ops.where(t.ops.less(drawn, 0.5), -1, 1);
    return moveImages(t, x, {
      ...(this.mode === "vertical" ? {} : { scaleX: scale }),
      ...(this.mode === "horizontal" ? {} : { scaleY: scale }),
    }, { dataFormat: this.#dataFormat, nearest: true, fillMode: "nearest", fillValue: 0 });
  }
}

/**
 * Mirrors images: while training, each with probability ½. In `predict` and `evaluate` y = x. Samples [height, width, channels] keep their
 * shape.
 *
 * With the mode `horizontal_and_vertical` both directions are swapped or none, which is half a turn, as in Keras 3; two layers, one for each
 * direction, choose on their own. The choice is a function of (seed, layer, step, sample): the same for any number of workers, and after a
 * resume.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const mirrored = layers.randomFlip({ mode: "horizontal", inputShape: [32, 32, 3] });
 * ```
 * @throws TypeError or RangeError if an option is none of these
 */
export function randomFlip(options?: RandomFlipOptions): RandomFlip {
  return new RandomFlip(options);
}

/** Its row of the table. */
export const randomFlipRow: LayerRow = defineRow({ id: "random_flip", create: randomFlip });
