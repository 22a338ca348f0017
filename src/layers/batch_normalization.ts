import { checkNumber } from "../errors/check_number.ts";
import { describeValue } from "../errors/describe_value.ts";
import { initializerTable } from "../initializers/gen/table.ts";
import type { Initializer } from "../initializers/initializer.ts";
import type { InitializerSpec } from "../initializers/resolve_initializer.ts";
import { defineRow } from "../tables/define_row.ts";
import { copyJson } from "../tensor/copy_json.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import { partsOf, type Symbolic } from "../tensor/symbolic.ts";
import { GAMMA_BETA_OPTIONS, GammaBeta, type GammaBetaOptions } from "./gamma_beta.ts";
import { Layer } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { LIBRARY_PARTS, type PartResolver } from "./part_resolver.ts";
import { normalizeMasked } from "./normalize_masked.ts";
import { savePart } from "./save_part.ts";
import type { StepTracing } from "./step_tracing.ts";
import { checkStepAxis } from "./trace_step.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the batch normalization layer. */
export interface BatchNormalizationOptions extends GammaBetaOptions {
  /** The axis of the features: only −1, the last. */
  axis?: -1;
  /** How much of the moving statistics stays in a step. Default 0.99. */
  momentum?: number;
  /** What is added to the variance. Default 0.001. */
  epsilon?: number;
  /** Default `"zeros"`. */
  movingMeanInitializer?: InitializerSpec;
  /** Default `"ones"`. */
  movingVarianceInitializer?: InitializerSpec;
}

const WHAT = "create batch_normalization layer";

/** A layer that normalizes features over the batch; see `layers.batchNormalization`. */
export class BatchNormalization extends Layer {
  readonly momentum: number;
  readonly epsilon: number;
  readonly #weights: GammaBeta;
  readonly #movingMean: Initializer;
  readonly #movingVariance: Initializer;
  readonly #saved: Readonly<Record<string, Json>>;

  /** @param parts makes initializers, regularizers and constraints of what stands for them */
  constructor(options: BatchNormalizationOptions = {}, parts: PartResolver = LIBRARY_PARTS) {
    super("batch_normalization", options, [
      "axis",
      "momentum",
      "epsilon",
      "movingMeanInitializer",
      "movingVarianceInitializer",
      ...GAMMA_BETA_OPTIONS,
    ]);
    const { axis = -1, momentum = 0.99, epsilon = 1e-3 } = options;
    if (axis !== -1) {
      throw new RangeError(`Cannot ${WHAT}: axis must be -1, the last axis, got ${describeValue(axis)}`);
    }
    this.momentum = checkNumber(WHAT, "momentum", momentum, { min: 0, max: 1 });
    this.epsilon = checkNumber(WHAT, "epsilon", epsilon, { min: 0 });
    this.#weights = new GammaBeta(WHAT, options, parts);
    this.#movingMean = parts.initializer(options.movingMeanInitializer ?? "zeros");
    this.#movingVariance = parts.initializer(options.movingVarianceInitializer ?? "ones");
    this.#saved = copyJson({
      movingMeanInitializer: savePart(this.#movingMean, initializerTable),
      movingVarianceInitializer: savePart(this.#movingVariance, initializerTable),
    });
    this.supportsMasking = true;
    this.takesMask = true;
    Object.freeze(this);
  }

  /** Whether beta is added. */
  get center(): boolean {
    return this.#weights.center;
  }

  /** Whether gamma scales. */
  get scale(): boolean {
    return this.#weights.scale;
  }

  override get config(): Readonly<Record<string, Json>> {
    const { momentum, epsilon } = this;
    return { ...this.commonConfig(), momentum, epsilon, ...this.#weights.config, ...copyJson(this.#saved) };
  }

  protected override build(inputShape: Shape): void {
    const width = inputShape.at(-1);
    if (width === undefined) {
      throw new TypeError(
        `Cannot build layer "${this.name}": batch_normalization needs samples with at least one axis, got shape []`,
      );
    }
    const shape = [width];
    for (const spec of this.#weights.specs(shape)) this.addWeight(spec);
    this.addWeight({ name: "moving_mean", shape, initializer: this.#movingMean, trainable: false });
    this.addWeight({ name: "moving_variance", shape, initializer: this.#movingVariance, trainable: false });
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const g = t.graph;
    const mask = t.mask(x);
    if (mask !== null && mask.shape.length >= x.shape.length) {
      const [found, shape] = [mask, x].map((each) => formatShape(each.shape));
      throw new TypeError(
        `Cannot apply layer "${this.name}": its mask must have fewer axes than its input, got ${found} for ${shape}`,
      );
    }
    const over = (formula: string, inputs: readonly Symbolic[], scalars: Record<string, number> = {}): Symbolic =>
      g.apply("map", inputs, { formula, scalars, axis: "parameter" });
    const [movingMean, movingVariance] = [t.weight("moving_mean"), t.weight("moving_variance")];
    if (!t.training || t.isFrozen) {
      // One call, which compileModel takes into the product before it.
      const deviation = over("sqrt", [over("affine", [movingVariance], { scale: 1, offset: this.epsilon })]);
      const factor = over("div", [this.scale ? t.weight("gamma") : g.constant(1, movingMean.shape), deviation]);
      return g.apply("normalize_columns", [x, movingMean, factor, ...(this.center ? [t.weight("beta")] : [])]);
    }
    const move = (moving: Symbolic, now: Symbolic): Symbolic => {
      const kept = over("affine", [moving], { scale: this.momentum, offset: 0 });
      return over("add", [kept, over("affine", [now], { scale: 1 - this.momentum, offset: 0 })]);
    };
    if (mask !== null) {
      const weights = { gamma: this.scale ? t.weight("gamma") : null, beta: this.center ? t.weight("beta") : null };
      const masked = normalizeMasked(t, x, mask, { epsilon: this.epsilon, ...weights });
      t.assign("moving_mean", move(movingMean, masked.mean));
      t.assign("moving_variance", move(movingVariance, masked.variance));
      return masked.y;
    }
    const inputs = this.#weights.inputs;
    const [y, mean, variance] = partsOf(
      g,
      g.apply("batch_norm", [x, ...inputs.map(({ weight }) => t.weight(weight))], {
        epsilon: this.epsilon,
        inputs: inputs.map(({ input }) => input),
      }),
    );
    t.assign("moving_mean", move(movingMean, mean));
    t.assign("moving_variance", move(movingVariance, variance));
    return y;
  }

  /** The same to each step. */
  step(t: StepTracing, x: Symbolic): Symbolic {
    return this.call(t, checkStepAxis(this, x));
  }
}

/**
 * Batch normalization: y = gamma · (x − μ) / √(σ² + epsilon) + beta, for each feature (the last axis).
 *
 * While training, μ and σ² (the population's) are those of the batch, over all axes but the last and over all threads, and the moving
 * statistics follow: moving = moving · momentum + batch · (1 − momentum). `predict` and `evaluate` use the moving statistics, and so does
 * a layer with `trainable: false`, as in Keras; they subtract first, so that a feature far from 0 keeps its digits. A step that is refused (a loss that is not finite) leaves them alone.
 *
 * With a mask, statistics are those of the rows that count, and the divisor is their number + 1e-7, as in Keras; all rows are normalised.
 *
 * Shapes: x [batch, …, features], gamma, beta, moving_mean, moving_variance [features] → y of x's shape.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const normal = layers.batchNormalization({ momentum: 0.9 });
 * ```
 * @throws RangeError if momentum is not from 0 to 1, epsilon is negative, or axis is another one than −1
 *
 * Source: Ioffe and Szegedy, Batch normalization: accelerating deep network training by reducing internal covariate shift, 2015.
 */
export function batchNormalization(options?: BatchNormalizationOptions): BatchNormalization {
  return new BatchNormalization(options);
}

/** Its row of the table. */
export const batchNormalizationRow: LayerRow = defineRow({
  id: "batch_normalization",
  create: (options: BatchNormalizationOptions, parts) => new BatchNormalization(options, parts),
});
