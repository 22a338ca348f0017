import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { streamOf } from "../tensor/streams.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the dropout layer. */
export interface DropoutOptions extends LayerOptions {
  /** The share of inputs that is set to zero, 0 ≤ rate < 1. */
  rate: number;
  /** A seed of its own. Default: the model's. */
  seed?: number;
}

/** A layer that drops units while training; see `layers.dropout`. */
export class Dropout extends Layer {
  readonly rate: number;
  readonly seed: number | undefined;

  constructor(options: DropoutOptions) {
    super("dropout", options, ["rate", "seed"]);
    this.rate = checkNumber("create dropout layer", "rate", options?.rate, { min: 0, maxExclusive: 1 });
    this.seed = options.seed === undefined
      ? undefined
      : checkInteger("create dropout layer", "seed", options.seed, { min: 0, max: Number.MAX_SAFE_INTEGER });
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), rate: this.rate, ...(this.seed === undefined ? {} : { seed: this.seed }) };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    if (!t.training || this.rate === 0) return x;
    const seed = this.seed ?? t.seed;
    return t.graph.apply("dropout", [x, t.graph.cell("step")], {
      rate: this.rate,
      seedLow: seed >>> 0,
      seedHigh: Math.floor(seed / 2 ** 32),
      stream: streamOf("dropout", t.index),
    });
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
 * ```
 * @throws RangeError if `rate` is not >= 0 and < 1
 *
 * Source: Srivastava et al., Dropout: a simple way to prevent neural networks from overfitting, JMLR 15, 2014.
 */
export function dropout(options: DropoutOptions): Dropout {
  return new Dropout(options);
}
