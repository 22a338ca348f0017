import { checkNumber } from "../errors/check_number.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { checkSeed } from "./check_seed.ts";
import { dropElements } from "./drop_elements.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import { checkNoiseShape, type NoiseShape, sharedAxes } from "./noise_shape.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the dropout layer. */
export interface DropoutOptions extends LayerOptions {
  /** The share of inputs that is set to zero, 0 ≤ rate < 1. */
  rate: number;
  /**
   * The mask's shape, with the batch: 1 for an axis along which all elements are kept or dropped together, null for others. `[null, 1,
   * null]` drops features of samples [time, features] for all times. Default: every element has a mask of its own.
   */
  noiseShape?: NoiseShape | null;
  /** A seed of its own. Default: the model's. */
  seed?: number;
}

/** A layer that drops units while training; see `layers.dropout`. */
export class Dropout extends Layer {
  readonly rate: number;
  readonly noiseShape: NoiseShape | null;
  readonly seed: number | undefined;

  constructor(options: DropoutOptions) {
    super("dropout", options, ["rate", "noiseShape", "seed"]);
    const what = "create dropout layer";
    this.rate = checkNumber(what, "rate", options?.rate, { min: 0, maxExclusive: 1 });
    this.noiseShape = checkNoiseShape(what, options.noiseShape);
    this.seed = checkSeed(what, options.seed);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return {
      ...this.commonConfig(),
      rate: this.rate,
      ...(this.noiseShape === null ? {} : { noiseShape: this.noiseShape }),
      ...(this.seed === undefined ? {} : { seed: this.seed }),
    };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const { rate, seed } = this;
    const shared = sharedAxes(this.name, this.noiseShape, x.shape.slice(1));
    return t.training && rate > 0 ? dropElements(t, x, { rate, seed, shared }) : x;
  }
}

/**
 * Dropout: while training, each element is set to 0 with probability `rate`, and the others are divided by 1 − rate, so that the
 * expected value stays. In `predict` and `evaluate` y = x.
 *
 * The mask is a function of (seed, layer, step, element): the same for any number of workers, and after a resume.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const drop = layers.dropout({ rate: 0.5 });
 * const features = layers.dropout({ rate: 0.2, noiseShape: [null, 1, null] });
 * ```
 * @throws RangeError if `rate` is not >= 0 and < 1; TypeError if `noiseShape` does not fit the samples
 *
 * Source: Srivastava et al., Dropout: a simple way to prevent neural networks from overfitting, JMLR 15, 2014.
 */
export function dropout(options: DropoutOptions): Dropout {
  return new Dropout(options);
}
