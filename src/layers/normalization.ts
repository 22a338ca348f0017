import { describeValue } from "../errors/describe_value.ts";
import { constant } from "../initializers/constant.ts";
import type { Initializer } from "../initializers/initializer.ts";
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
import { Layer, type LayerOptions, type Tracing } from "./layer.ts";

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
  #statistics: { mean: readonly number[]; variance: readonly number[] } | null = null;
  #assign: ((weight: string, values: readonly number[]) => void) | null = null;

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
      checkStatistics(this.#statistics);
    }
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), invert: this.invert };
  }

  /** Tells the layer how to write its weights once a model holds them. */
  override bind(assign: (weight: string, values: readonly number[]) => void): void {
    this.#assign = assign;
  }

  /**
   * Takes mean and variance (the population's, divided by n) of every feature from data [samples, …, features].
   *
   * @throws TypeError for ragged or empty data, RangeError for NaN or Infinity
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
    this.#assign?.("mean", mean); // refuses another width
    this.#assign?.("variance", variance);
    this.#statistics = { mean, variance };
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
    const from = (values: readonly number[] | null, other: number): Initializer =>
      values === null ? constant({ value: other }) : listed(values);
    const shape = [width];
    this.addWeight({ name: "mean", shape, initializer: from(statistics?.mean ?? null, 0), trainable: false });
    this.addWeight({ name: "variance", shape, initializer: from(statistics?.variance ?? null, 1), trainable: false });
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const g = t.graph;
    const mean = t.weight("mean");
    const over = (formula: string, ...inputs: Symbolic[]): Symbolic =>
      g.apply("map", inputs, { formula, axis: "parameter" });
    if (this.invert) return g.apply("scale_columns", [x, over("deviation", t.weight("variance")), mean]);
    const factor = over("inverse_deviation", t.weight("variance"));
    return g.apply("scale_columns", [x, factor, over("negative_product", mean, factor)]);
  }
}

function checkStatistics({ mean, variance }: { mean: readonly number[]; variance: readonly number[] }): void {
  const good = mean.length === variance.length && mean.every(Number.isFinite) &&
    variance.every((v) => v >= 0 && v < Infinity);
  if (!good) {
    throw new RangeError(
      `Cannot create normalization layer: mean and variance must be finite, as many, and variance >= 0, got ${
        describeValue(mean)
      } and ${describeValue(variance)}`,
    );
  }
}

/** An initializer that gives the numbers of a list; a single one is given to all. */
function listed(values: readonly number[]): Initializer {
  const initialize = (shape: Shape): Float32Array =>
    values.length === 1 ? new Float32Array(sizeOf(shape)).fill(values[0]) : Float32Array.from(values);
  return { id: "listed", config: {}, initialize };
}

/**
 * Scales every feature to mean 0 and variance 1: y = (x − mean) / max(√variance, 1e-7).
 *
 * Mean and variance come from `adapt(data)` or from the options; they are saved with the model and are not trained.
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
