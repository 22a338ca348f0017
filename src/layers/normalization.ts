import { describeValue } from "../errors/describe_value.ts";
import type { Initializer } from "../initializers/initializer.ts";
import { defineRow } from "../tables/define_row.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import type { TensorInput } from "../tensor/tensor_input.ts";
import { inputOf } from "../data/input_of.ts";
import { isStream } from "../data/is_stream.ts";
import { visitBatches } from "../data/visit_batches.ts";
import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkOptions } from "../errors/check_options.ts";
import { checkSignal } from "../errors/check_signal.ts";
import { isThenable } from "../errors/is_thenable.ts";
import { refuseOptions } from "../errors/refuse_options.ts";
import { FeatureStatistics } from "./feature_statistics.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import type { StepTracing } from "./step_tracing.ts";
import { checkStepAxis } from "./trace_step.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the normalization layer. */
export interface NormalizationOptions extends LayerOptions {
  /** The axis that keeps its own statistics: only −1, the last. */
  axis?: -1;
  /** The means, one a feature, instead of `adapt`. */
  mean?: number | readonly number[];
  /** The variances, one a feature, instead of `adapt`. */
  variance?: number | readonly number[];
  /** Turns normalised data back: y = x · σ + μ. Default false. */
  invert?: boolean;
}

/** One batch of a stream to adapt to: the samples themselves, or as `x` of an object. */
export type FeatureBatch = TensorInput | { readonly x: TensorInput };

/** What `adapt` takes besides the data. */
export interface AdaptOptions {
  /** Batches to take of a stream. Default: until it ends. */
  steps?: number;
  /** Ends the adapting with the signal's reason, also while a stream is waited for; the layer stays as it is. */
  signal?: AbortSignal;
}

/** A layer that scales features to mean 0 and variance 1; see `layers.normalization`. */
export class Normalization extends Layer {
  readonly invert: boolean;
  #statistics: Statistics | null = null;

  constructor(options?: NormalizationOptions) {
    super("normalization", options, ["axis", "mean", "variance", "invert"]);
    if (options?.axis !== undefined && options.axis !== -1) {
      throw new RangeError(
        `Cannot create normalization layer: axis must be -1, the last axis, got ${describeValue(options.axis)}`,
      );
    }
    this.invert = options?.invert === undefined
      ? false
      : checkBoolean("create normalization layer", "invert", options.invert);
    const { mean, variance } = options ?? {};
    if ((mean === undefined) !== (variance === undefined)) {
      throw new TypeError("Cannot create normalization layer: mean and variance must be given together");
    }
    if (mean !== undefined && variance !== undefined) {
      this.#statistics = { mean: [mean].flat() as number[], variance: [variance].flat() as number[] };
      checkStatistics("create normalization layer", this.#statistics);
    }
    this.supportsMasking = true;
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), invert: this.invert };
  }

  override noteWeights(read: (weight: string) => Float32Array): void {
    this.#share({ mean: [...read("mean")], variance: [...read("variance")] });
  }

  /**
   * Takes mean and variance (the population's, divided by n) of every feature from data [samples, …, features], in float64. Data are float32
   * when they are read: at 1.7e9 neighbours lie 128 apart, so subtract an offset first from what varies less, such as timestamps.
   *
   * All models with this layer have them from then on, those that are built later too.
   *
   * @throws TypeError for ragged or empty data and for another number of features than the layer has, RangeError for NaN or Infinity
   *   and for a variance that is no float32 number
   */
  adapt(data: TensorInput): void;
  /** As `adapt(data)`, of all batches of an async iterable: arrays, tensors, or objects `{ x }`. */
  adapt(stream: AsyncIterable<FeatureBatch>, options?: AdaptOptions): Promise<void>;
  /** As `adapt(data)`, of all batches of an iterable; an array of batches holds objects `{ x }`. */
  adapt(stream: Iterable<FeatureBatch>, options?: AdaptOptions): void;
  adapt(
    data: TensorInput | Iterable<FeatureBatch> | AsyncIterable<FeatureBatch>,
    options: AdaptOptions = {},
  ): void | Promise<void> {
    const what = "adapt";
    checkOptions(what, options, ["steps", "signal"]);
    const signal = checkSignal(what, options.signal);
    const statistics = new FeatureStatistics();
    if (!isStream(data)) {
      refuseOptions(what, options, ["steps"], "goes with a stream of batches only");
      statistics.add(data);
      return this.#take(statistics);
    }
    const steps = options.steps === undefined ? null : checkInteger(what, "steps", options.steps, { min: 1 });
    const visit = (batch: unknown): void => statistics.add(inputOf(batch) as TensorInput);
    const done = visitBatches<unknown>(data, { what, steps, signal }, visit);
    return isThenable(done) ? done.then(() => this.#take(statistics)) : this.#take(statistics);
  }

  #take({ mean, variance }: FeatureStatistics): void {
    const what = `adapt layer "${this.name || this.type}"`;
    const width = this.isBuilt ? this.weights[0].shape[0] : mean.length;
    if (mean.length !== width) {
      throw new TypeError(`Cannot ${what}: data must have the layer's ${width} features, got ${mean.length}`);
    }
    checkStatistics(what, { mean, variance });
    this.#share({ mean, variance });
  }

  /** Gives all models that have the layer the statistics, and keeps them for those to come. */
  #share(statistics: Statistics): void {
    this.#statistics = statistics;
    this.writeWeight("mean", statistics.mean);
    this.writeWeight("variance", statistics.variance);
  }

  protected override build(inputShape: Shape): void {
    const width = inputShape[inputShape.length - 1] ?? 1;
    const statistics = this.#statistics;
    if (statistics !== null && statistics.mean.length !== width && statistics.mean.length !== 1) {
      throw new TypeError(
        `Cannot build layer "${this.name}": it was adapted to ${statistics.mean.length} features, but its input has shape ` +
          `${formatShape([null, ...inputShape])}`,
      );
    }
    // Asked for every model that is built with the layer, so that it has what the layer was adapted to by then.
    const initializerOf = (name: "mean" | "variance", other: number): Initializer => ({
      id: "statistics",
      config: {},
      initialize: (shape) => {
        const values = this.#statistics?.[name] ?? [other];
        return values.length === 1 ? new Float32Array(sizeOf(shape)).fill(values[0]) : Float32Array.from(values);
      },
    });
    const shape = [width];
    this.addWeight({ name: "mean", shape, initializer: initializerOf("mean", 0), trainable: false });
    this.addWeight({ name: "variance", shape, initializer: initializerOf("variance", 1), trainable: false });
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const g = t.graph;
    const mean = t.weight("mean");
    const over = (formula: string): Symbolic => g.apply("map", [t.weight("variance")], { formula, axis: "parameter" });
    if (this.invert) return g.apply("scale_columns", [x, over("deviation"), mean]);
    return g.apply("normalize_columns", [x, mean, over("inverse_deviation")]);
  }

  /** The same to each step. */
  step(t: StepTracing, x: Symbolic): Symbolic {
    return this.call(t, checkStepAxis(this, x));
  }
}

/** What a layer scales by, one number a feature, or one for all. */
interface Statistics {
  readonly mean: readonly number[];
  readonly variance: readonly number[];
}

/** The largest variance that float32 holds. */
const LARGEST = 3.4028234663852886e38;

function checkStatistics(what: string, { mean, variance }: Statistics): void {
  const good = mean.length === variance.length && mean.every((v) => Math.abs(v) <= LARGEST) &&
    variance.every((v) => v >= 0 && v <= LARGEST);
  if (!good) {
    throw new RangeError(
      `Cannot ${what}: mean and variance must be float32 numbers, as many, and variance >= 0, got ${
        describeValue(mean)
      } and ${describeValue(variance)}`,
    );
  }
}

/**
 * Scales every feature to mean 0 and variance 1: y = (x − mean) / max(√variance, 1e-7).
 *
 * Mean and variance come from `adapt(data)` or from the options; they are saved with the model and are not trained. Where the mean is far
 * from 0, y is as good as x and the mean can be in float32: off by half a unit in the mean's last place at most, which is 0.03 σ for
 * mean 1e6 and σ = 1. Take a large constant off such data (the first timestamp, say) before they become float32.
 *
 * @example
 * ```ts
 * import { layers, sequential } from "retroprop";
 * const scale = layers.normalization({ inputShape: [2] });
 * scale.adapt([[1, 10], [3, 30]]);
 * const model = sequential([scale, layers.dense({ units: 1 })]);
 * model.predict([[2, 20]]);
 * ```
 */
export function normalization(options?: NormalizationOptions): Normalization {
  return new Normalization(options);
}

/** Its row of the table. */
export const normalizationRow: LayerRow = defineRow({ id: "normalization", create: normalization });
