import { checkNumber } from "../errors/check_number.ts";
import { checkString } from "../errors/check_string.ts";
import { FILL_MODES, type FillMode } from "../ops/affine_sampling.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { checkSeed } from "./check_seed.ts";
import { type DataFormat, readDataFormat } from "./data_format.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import { type Move, moveImages } from "./move_images.ts";
import { spatialAxes } from "./spatial_axes.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the layers that move images at random. */
export interface RandomMoveOptions extends LayerOptions {
  /**
   * What is seen beyond the border of an image: `reflect`, the default, is its mirror image (b a | a b c | c b), `constant` the
   * `fillValue`, `wrap` the image again (b c | a b c | a b), `nearest` the pixel at the border (a a | a b c | c c).
   */
  fillMode?: FillMode;
  /** How pixels follow from those of the image: `bilinear`, the default, between their centres, or `nearest`. */
  interpolation?: "bilinear" | "nearest";
  /** A seed of its own. Default: the model's. */
  seed?: number;
  /** The constant of the `fillMode` of that name. Default 0. */
  fillValue?: number;
  /** `channels_last` for samples [height, width, channels], the default, or `channels_first`. */
  dataFormat?: DataFormat;
}

/** The names of these options. */
const COMMON = ["fillMode", "interpolation", "seed", "fillValue", "dataFormat"] as const;

/** A layer that moves images while training, each in its own way. */
export abstract class RandomMove extends Layer {
  readonly seed: number | undefined;
  readonly #fillMode: FillMode;
  readonly #interpolation: "bilinear" | "nearest";
  readonly #fillValue: number;
  readonly #dataFormat: "channels_last" | "channels_first";

  /** @param own the names of the options besides those of all such layers */
  constructor(type: string, options: RandomMoveOptions, own: readonly string[]) {
    super(type, options, [...own, ...COMMON]);
    const what = `create ${type} layer`;
    const { fillMode = "reflect", interpolation = "bilinear", fillValue = 0 } = options ?? {};
    this.#fillMode = checkString(what, "fillMode", fillMode, FILL_MODES);
    this.#interpolation = checkString(what, "interpolation", interpolation, ["bilinear", "nearest"]);
    this.seed = checkSeed(what, options?.seed);
    this.#fillValue = checkNumber(what, "fillValue", fillValue);
    this.#dataFormat = readDataFormat(what, options?.dataFormat);
  }

  /** The common options in their saved form. */
  protected moveConfig(): Record<string, Json> {
    return {
      ...this.commonConfig(),
      fillMode: this.#fillMode,
      interpolation: this.#interpolation,
      fillValue: this.#fillValue,
      dataFormat: this.#dataFormat,
      ...(this.seed === undefined ? {} : { seed: this.seed }),
    };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const [rows, columns] = spatialAxes(this.name || this.type, x.shape, 2, this.#dataFormat);
    if (!t.training) return x;
    return moveImages(t, x, this.drawMove(t, x.shape[0], x.shape[rows], x.shape[columns]), {
      dataFormat: this.#dataFormat,
      nearest: this.#interpolation === "nearest",
      fillMode: this.#fillMode,
      fillValue: this.#fillValue,
    });
  }

  /** How so many images of that size are moved. */
  protected abstract drawMove(t: Tracing, samples: number, height: number, width: number): Move;
}
