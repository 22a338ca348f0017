import { checkNumber } from "../errors/check_number.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { checkSeed } from "./check_seed.ts";
import { type DataFormat, readDataFormat } from "./data_format.ts";
import { dropElements } from "./drop_elements.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { StepTracing } from "./step_tracing.ts";
import type { Tracing } from "./tracing.ts";

/** Options of spatial dropout. */
export interface SpatialDropoutOptions extends LayerOptions {
  /** The share of channels that is set to zero, 0 ≤ rate < 1. */
  rate: number;
  /** A seed of its own. Default: the model's. */
  seed?: number;
}

/** Options of spatial dropout of images. */
export interface SpatialDropout2dOptions extends SpatialDropoutOptions {
  /** `channels_last` for samples [height, width, channels], the default, or `channels_first`. */
  dataFormat?: DataFormat;
}

/** A layer that drops whole channels; see `layers.spatialDropout1d` and `layers.spatialDropout2d`. */
export class SpatialDropout extends Layer {
  readonly rate: number;
  readonly seed: number | undefined;
  readonly dataFormat: "channels_last" | "channels_first";
  readonly #axes: 1 | 2;

  /** @param axes how many axes a sample has besides the channels */
  constructor(axes: 1 | 2, options: SpatialDropout2dOptions) {
    const type = `spatial_dropout${axes}d`;
    super(type, options, axes === 1 ? ["rate", "seed"] : ["rate", "dataFormat", "seed"]);
    this.#axes = axes;
    this.dataFormat = readDataFormat(`create ${type} layer`, options?.dataFormat);
    this.rate = checkNumber(`create ${type} layer`, "rate", options?.rate, { min: 0, maxExclusive: 1 });
    this.seed = checkSeed(`create ${type} layer`, options.seed);
    this.supportsMasking = true;
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return {
      ...this.commonConfig(),
      rate: this.rate,
      ...(this.#axes === 1 ? {} : { dataFormat: this.dataFormat }),
      ...(this.seed === undefined ? {} : { seed: this.seed }),
    };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    if (x.shape.length !== this.#axes + 2) {
      throw new TypeError(
        `Cannot build layer "${this.name}": ${this.type} needs samples with ${this.#axes + 1} axes, got ${
          formatShape(x.shape.slice(1))
        }`,
      );
    }
    const { rate, seed } = this;
    const shared = Array.from({ length: this.#axes }, (_, i) => i + (this.dataFormat === "channels_last" ? 1 : 2));
    return t.training && rate > 0 ? dropElements(t, x, { rate, seed, shared }) : x;
  }

  /** Nothing is dropped outside of training. */
  step(t: StepTracing, x: Symbolic): Symbolic {
    return this.call(t, x);
  }
}
