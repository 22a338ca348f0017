import { checkNumber } from "../errors/check_number.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { checkSeed } from "./check_seed.ts";
import { drawing } from "./drawing.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import type { StepTracing } from "./step_tracing.ts";
import type { Tracing } from "./tracing.ts";

/** Options of Gaussian dropout. */
export interface GaussianDropoutOptions extends LayerOptions {
  /** The rate of the dropout that has the same variance, 0 ≤ rate < 1. */
  rate: number;
  /** A seed of its own. Default: the model's. */
  seed?: number;
}

/** A layer that multiplies by noise while training; see `layers.gaussianDropout`. */
export class GaussianDropout extends Layer {
  readonly rate: number;
  readonly seed: number | undefined;

  constructor(options: GaussianDropoutOptions) {
    super("gaussian_dropout", options, ["rate", "seed"]);
    this.rate = checkNumber("create gaussian_dropout layer", "rate", options?.rate, { min: 0, maxExclusive: 1 });
    this.seed = checkSeed("create gaussian_dropout layer", options.seed);
    this.supportsMasking = true;
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), rate: this.rate, ...(this.seed === undefined ? {} : { seed: this.seed }) };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    if (!t.training || this.rate === 0) return x;
    return t.graph.apply("noise", [x, t.graph.cell("step")], {
      stddev: Math.sqrt(this.rate / (1 - this.rate)),
      multiply: true,
      ...drawing(t, "noise", this.seed),
    });
  }

  /** The same to each step. */
  step(t: StepTracing, x: Symbolic): Symbolic {
    return this.call(t, x);
  }
}

/**
 * Gaussian dropout: while training y = x · (1 + √(rate / (1 − rate)) · z), with a standard normal z for every element, which has the mean
 * and the variance of dropout. In `predict` and `evaluate` y = x.
 *
 * z is a function of (seed, layer, step, element): the same for any number of workers, and after a resume.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const drop = layers.gaussianDropout({ rate: 0.3 });
 * ```
 * @throws RangeError if `rate` is not >= 0 and < 1
 *
 * Source: Srivastava et al., Dropout: a simple way to prevent neural networks from overfitting, JMLR 15, 2014.
 */
export function gaussianDropout(options: GaussianDropoutOptions): GaussianDropout {
  return new GaussianDropout(options);
}

/** Its row of the table. */
export const gaussianDropoutRow: LayerRow = defineRow({ id: "gaussian_dropout", create: gaussianDropout });
