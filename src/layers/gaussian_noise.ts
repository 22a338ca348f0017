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

/** Options of the noise layer. */
export interface GaussianNoiseOptions extends LayerOptions {
  /** The standard deviation of what is added, at least 0. */
  stddev: number;
  /** A seed of its own. Default: the model's. */
  seed?: number;
}

/** A layer that adds noise while training; see `layers.gaussianNoise`. */
export class GaussianNoise extends Layer {
  readonly stddev: number;
  readonly seed: number | undefined;

  constructor(options: GaussianNoiseOptions) {
    super("gaussian_noise", options, ["stddev", "seed"]);
    this.stddev = checkNumber("create gaussian_noise layer", "stddev", options?.stddev, { min: 0 });
    this.seed = checkSeed("create gaussian_noise layer", options.seed);
    this.supportsMasking = true;
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), stddev: this.stddev, ...(this.seed === undefined ? {} : { seed: this.seed }) };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    if (!t.training || this.stddev === 0) return x;
    return t.graph.apply("noise", [x, t.graph.cell("step")], {
      stddev: this.stddev,
      multiply: false,
      ...drawing(t, "noise", this.seed),
    });
  }

  /** The same to each step. */
  step(t: StepTracing, x: Symbolic): Symbolic {
    return this.call(t, x);
  }
}

/**
 * Noise: while training y = x + stddev · z, with a standard normal z for every element. In `predict` and `evaluate` y = x.
 *
 * z is a function of (seed, layer, step, element): the same for any number of workers, and after a resume.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const noisy = layers.gaussianNoise({ stddev: 0.1, inputShape: [4] });
 * ```
 * @throws RangeError if `stddev` is negative
 */
export function gaussianNoise(options: GaussianNoiseOptions): GaussianNoise {
  return new GaussianNoise(options);
}

/** Its row of the table. */
export const gaussianNoiseRow: LayerRow = defineRow({ id: "gaussian_noise", create: gaussianNoise });
