import { describeValue } from "../errors/describe_value.ts";
import { constant } from "../initializers/constant.ts";
import type { Initializer } from "../initializers/initializer.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { checkFinite } from "../tensor/check_finite.ts";
import type { TensorInput } from "../tensor/tensor_input.ts";
import { toTensor } from "../tensor/to_tensor.ts";
import { checkBoolean } from "../errors/check_boolean.ts";
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
  adapt(data: TensorInput): void {
    const t = toTensor(data, { name: "data" });
    checkFinite(t, "data");
    const width = t.shape.length < 2 ? 1 : t.shape[t.shape.length - 1];
    const rows = t.data.length / width;
    const mean = new Array<number>(width).fill(0);
    const variance = new Array<number>(width).fill(0);
    t.data.forEach((value, i) => mean[i % width] += value / rows);
    t.data.forEach((value, i) => variance[i % width] += (value - mean[i % width]) * (value - mean[i % width]) / rows);
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
