import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { checkSeed } from "./check_seed.ts";
import { drawBetween } from "./draw_between.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { type Factor, type Range, readFactor } from "./read_factor.ts";
import { readValueRange } from "./read_value_range.ts";
import { spatialAxes } from "./spatial_axes.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the layer that makes images brighter or darker. */
export interface RandomBrightnessOptions extends LayerOptions {
  /** Between which parts of the range of values, −1 (black) to 1 (white): one number for −factor to factor, or [lower, upper]. */
  factor: Factor;
  /** The least and the largest value of a pixel; the result is kept within. Default [0, 255]. */
  valueRange?: readonly [number, number];
  /** A seed of its own. Default: the model's. */
  seed?: number;
}

/** A layer that makes images brighter or darker while training; see `layers.randomBrightness`. */
export class RandomBrightness extends Layer {
  readonly factor: Range;
  readonly valueRange: Range;
  readonly seed: number | undefined;

  constructor(options: RandomBrightnessOptions) {
    super("random_brightness", options, ["factor", "valueRange", "seed"]);
    const what = "create random_brightness layer";
    this.factor = readFactor(what, "factor", options?.factor, { min: -1, max: 1 });
    this.valueRange = readValueRange(what, options.valueRange);
    this.seed = checkSeed(what, options.seed);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    const { factor, valueRange, seed } = this;
    return { ...this.commonConfig(), factor, valueRange, ...(seed === undefined ? {} : { seed }) };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    spatialAxes(this.name || this.type, x.shape, 2);
    if (!t.training) return x;
    const [low, high] = this.valueRange;
    const [lower, upper] = this.factor;
    const samples = x.shape[0];
    const [drawn] = drawBetween(t, samples, [[lower * (high - low), upper * (high - low)]], this.seed);
    const width = sizeOf(x.shape.slice(1));
    const added = t.graph.apply("broadcast_rows", [t.ops.reshape(drawn, [samples])], { width });
    return t.ops.clip(t.ops.add(x, t.ops.reshape(added, x.shape)), low, high);
  }
}

/**
 * Makes images brighter or darker: while training, y = x + factor · (high − low), kept from low to high, with a factor for each image, uniform
 * in its range. In `predict` and `evaluate` y = x. Samples [height, width, channels] keep their shape.
 *
 * The factor is a function of (seed, layer, step, sample): the same for any number of workers, and after a resume.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const lit = layers.randomBrightness({ factor: 0.2, valueRange: [0, 1], inputShape: [32, 32, 3] });
 * ```
 * @throws TypeError or RangeError if an option is none of these
 */
export function randomBrightness(options: RandomBrightnessOptions): RandomBrightness {
  return new RandomBrightness(options);
}

/** Its row of the table. */
export const randomBrightnessRow: LayerRow = defineRow({ id: "random_brightness", create: randomBrightness });
