import { checkNumber } from "../errors/check_number.ts";
import { describeValue } from "../errors/describe_value.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { checkSeed } from "./check_seed.ts";
import { type DataFormat, readDataFormat } from "./data_format.ts";
import { drawBetween } from "./draw_between.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import type { Factor, Range } from "./read_factor.ts";
import { readValueRange } from "./read_value_range.ts";
import { spatialAxes } from "./spatial_axes.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the layer that changes the contrast of images. */
export interface RandomContrastOptions extends LayerOptions {
  /** By how much the contrast falls at most, and rises at most, each from 0 to 1: one number for both, or [lower, upper]. */
  factor: Factor;
  /** The least and the largest value of a pixel; the result is kept within. Default [0, 255]. */
  valueRange?: readonly [number, number];
  /** A seed of its own. Default: the model's. */
  seed?: number;
  /** `channels_last` for samples [height, width, channels], the default, or `channels_first`. */
  dataFormat?: DataFormat;
}

/** A layer that changes the contrast of images while training; see `layers.randomContrast`. */
export class RandomContrast extends Layer {
  readonly factor: Range;
  readonly valueRange: Range;
  readonly seed: number | undefined;
  readonly #dataFormat: "channels_last" | "channels_first";

  constructor(options: RandomContrastOptions) {
    super("random_contrast", options, ["factor", "valueRange", "seed", "dataFormat"]);
    const what = "create random_contrast layer";
    const factor: unknown = options?.factor;
    const both = Array.isArray(factor) ? factor : [factor, factor];
    if (both.length !== 2) {
      throw new TypeError(`Cannot ${what}: factor must be a number or [lower, upper], got ${describeValue(factor)}`);
    }
    const [lower, upper] = both.map((each) => checkNumber(what, "factor", each, { min: 0, max: 1 }));
    this.factor = Object.freeze([lower, upper] as const);
    this.valueRange = readValueRange(what, options.valueRange);
    this.seed = checkSeed(what, options.seed);
    this.#dataFormat = readDataFormat(what, options.dataFormat);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    const { factor, valueRange, seed } = this;
    const own = { factor, valueRange, dataFormat: this.#dataFormat };
    return { ...this.commonConfig(), ...own, ...(seed === undefined ? {} : { seed }) };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const axes = spatialAxes(this.name || this.type, x.shape, 2, this.#dataFormat);
    if (!t.training) return x;
    const { ops } = t;
    const [lower, upper] = this.factor;
    const [low, high] = this.valueRange;
    const samples = x.shape[0];
    const [drawn] = drawBetween(t, samples, [[1 - lower, 1 + upper]], this.seed);
    const mean = ops.mean(x, { axis: axes, keepdims: true });
    const apart = ops.reshape(ops.subtract(x, mean), [samples, sizeOf(x.shape.slice(1))]);
    const scaled = t.graph.apply("scale_rows", [apart, ops.reshape(drawn, [samples])]);
    return ops.clip(ops.add(ops.reshape(scaled, x.shape), mean), low, high);
  }
}

/**
 * Changes the contrast of images: while training, y = (x − m) · contrast + m, kept within `valueRange`, where m is the mean of the image's
 * channel and the contrast of each image is uniform from 1 − lower to 1 + upper. In `predict` and `evaluate` y = x. Samples [height, width,
 * channels] keep their shape.
 *
 * The contrast is a function of (seed, layer, step, sample): the same for any number of workers, and after a resume. With one number Keras
 * documents the same range, while its version 3 draws from 1 on.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const sharp = layers.randomContrast({ factor: 0.3, valueRange: [0, 1], inputShape: [32, 32, 3] });
 * ```
 * @throws TypeError or RangeError if an option is none of these
 */
export function randomContrast(options: RandomContrastOptions): RandomContrast {
  return new RandomContrast(options);
}

/** Its row of the table. */
export const randomContrastRow: LayerRow = defineRow({ id: "random_contrast", create: randomContrast });
