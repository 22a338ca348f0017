import { checkNumber } from "../errors/check_number.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { checkSeed } from "./check_seed.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import { checkNoiseShape, type NoiseShape } from "./noise_shape.ts";
import type { StepTracing } from "./step_tracing.ts";

/** Options of a layer that drops elements. */
export interface ElementDropoutOptions extends LayerOptions {
  /** The share of elements that is dropped, 0 ≤ rate < 1. */
  rate: number;
  /**
   * The mask's shape, with the batch: 1 for an axis along which all elements are kept or dropped together, null for others. `[null, 1,
   * null]` drops features of samples [time, features] for all times. Default: every element has a mask of its own.
   */
  noiseShape?: NoiseShape | null;
  /** A seed of its own. Default: the model's. */
  seed?: number;
}

/** What the layers that drop single elements have in common: their options. */
export abstract class ElementDropout extends Layer {
  readonly rate: number;
  readonly noiseShape: NoiseShape | null;
  readonly seed: number | undefined;

  constructor(type: string, options: ElementDropoutOptions) {
    super(type, options, ["rate", "noiseShape", "seed"]);
    const what = `create ${type} layer`;
    this.rate = checkNumber(what, "rate", options?.rate, { min: 0, maxExclusive: 1 });
    this.noiseShape = checkNoiseShape(what, options.noiseShape);
    this.seed = checkSeed(what, options.seed);
    this.supportsMasking = true;
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

  /** Nothing is dropped outside of training. */
  step(_t: StepTracing, x: Symbolic): Symbolic {
    return x;
  }
}
