import { checkNumber } from "../errors/check_number.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import { map, type Symbolic } from "../tensor/symbolic.ts";
import { checkSeed } from "./check_seed.ts";
import { type DataFormat, readDataFormat } from "./data_format.ts";
import { drawBetween } from "./draw_between.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { mixedBatch } from "./mixed_batch.ts";
import { type Factor, type Range, readFactor } from "./read_factor.ts";
import { spatialAxes } from "./spatial_axes.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the layer that puts parts of images into others. */
export interface CutMixOptions extends LayerOptions {
  /**
   * Between which numbers, 0 to 1, the parameter α of the weights' distribution Beta(α, α) is drawn: one number for 0 to factor, or [lower, upper].
   * The smaller, the more boxes are nearly nothing or nearly everything. Default 1.
   */
  factor?: Factor;
  /** A seed of its own. Default: the model's. */
  seed?: number;
  /** `channels_last` for samples [height, width, channels], the default, or `channels_first`. */
  dataFormat?: DataFormat;
}

/** Keeps the parameter of a distribution above 0. */
const LEAST = 1e-6;

/** A layer that puts parts of images into others while training; see `layers.cutMix`. */
export class CutMix extends Layer {
  readonly factor: Range;
  readonly seed: number | undefined;
  readonly #dataFormat: "channels_last" | "channels_first";

  constructor(options?: CutMixOptions) {
    super("cut_mix", options ?? {}, ["factor", "seed", "dataFormat"]);
    const what = "create cut_mix layer";
    const { factor = 1, seed, dataFormat } = options ?? {};
    this.factor = typeof factor === "number"
      ? Object.freeze([0, checkNumber(what, "factor", factor, { min: 0, max: 1 })] as const)
      : readFactor(what, "factor", factor, { min: 0, max: 1 });
    this.seed = checkSeed(what, seed);
    this.#dataFormat = readDataFormat(what, dataFormat);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    const { factor, seed } = this;
    return { ...this.commonConfig(), factor, dataFormat: this.#dataFormat, ...(seed === undefined ? {} : { seed }) };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    spatialAxes(this.name || this.type, x.shape, 2, this.#dataFormat);
    if (!t.training) return x;
    const { graph, ops } = t;
    const isFirst = this.#dataFormat === "channels_first";
    const images = isFirst ? ops.transpose(x, [0, 2, 3, 1]) : x;
    const [samples, height, width] = images.shape;
    const [lower, upper] = this.factor;
    const mixed = mixedBatch(t, samples, [lower + LEAST, upper + LEAST], this.seed);
    t.changeLabels((labels) => mixed.blend(labels));
    const part = ops.sqrt(map(graph, "affine", [mixed.weights], { scale: -1, offset: 1 }));
    const drawn = drawBetween(t, samples, [[0, 1], [0, 1]], this.seed);
    const box = [width, height].flatMap((length, i) => {
      const size = ops.multiply(part, length);
      const begin = ops.multiply(drawn[i], map(graph, "affine", [size], { scale: -1, offset: length }));
      return [begin, ops.add(begin, size)];
    });
    const boxes = ops.concatenate(box, { axis: 1 });
    const outside = graph.apply("select_box", [images, boxes], { outside: true });
    const inside = graph.apply("select_box", [mixed.partners(images), boxes]);
    const y = map(graph, "add", [outside, inside]);
    return isFirst ? ops.transpose(y, [0, 3, 1, 2]) : y;
  }
}

/**
 * CutMix: while training, a box of every image is replaced by that of another image of its batch, and its label is blended with the label of that
 * one by area: w · label + (1 − w) · label′. The weight w of Beta(α, α) and α, uniform within `factor`, are drawn for each image; the box has the
 * height √(1 − w) · height and the width √(1 − w) · width, and any place within the image is equally likely; a pixel is in it where its centre is. The other image is the one at its place in a
 * random order of the batch, which may be itself. In `predict` and `evaluate` y = x, and labels are as they are given. Samples [height, width,
 * channels] keep their shape. Keras draws one α for all images of a batch.
 *
 * Labels are blended as `layers.mixUp` says: those of all outputs that are trained, one-hot for classes.
 *
 * Order, weights and boxes are a function of (seed, layer, step): the same for any number of workers, and after a resume.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const cut = layers.cutMix({ factor: [1, 1], inputShape: [32, 32, 3] }); // all weights equally likely
 * ```
 * @throws TypeError or RangeError if an option is none of these
 *
 * Source: Yun et al., CutMix: regularization strategy to train strong classifiers with localizable features, ICCV 2019.
 */
export function cutMix(options?: CutMixOptions): CutMix {
  return new CutMix(options);
}

/** Its row of the table. */
export const cutMixRow: LayerRow = defineRow({ id: "cut_mix", create: cutMix });
