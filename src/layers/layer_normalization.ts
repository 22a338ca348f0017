import { checkNumber } from "../errors/check_number.ts";
import { checkBoolean } from "../errors/check_boolean.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { GAMMA_BETA_OPTIONS, GammaBeta, type GammaBetaOptions } from "./gamma_beta.ts";
import { Layer } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { normalizeRows } from "./normalize_rows.ts";
import { LIBRARY_PARTS, type PartResolver } from "./part_resolver.ts";
import type { StepTracing } from "./step_tracing.ts";
import { checkStepAxis } from "./trace_step.ts";
import type { Tracing } from "./tracing.ts";
import { type Axes, checkAxes, trailingAxes } from "./trailing_axes.ts";

/** Options of the layer normalization. */
export interface LayerNormalizationOptions extends GammaBetaOptions {
  /** The axes that are normalised together, counted with the batch: the last one, or the last ones. Default −1. */
  axis?: Axes;
  /** What is added to the variance. Default 1e-3. */
  epsilon?: number;
  /** Only false: what Keras does with true divides by the deviation and keeps the mean. Use `layers.rmsNormalization`. */
  rmsScaling?: boolean;
}

const WHAT = "create layer_normalization layer";

/** A layer that normalises every sample's rows; see `layers.layerNormalization`. */
export class LayerNormalization extends Layer {
  readonly axis: Axes;
  readonly epsilon: number;
  readonly #weights: GammaBeta;

  /** @param parts makes initializers, regularizers and constraints of what stands for them */
  constructor(options: LayerNormalizationOptions = {}, parts: PartResolver = LIBRARY_PARTS) {
    super("layer_normalization", options, ["axis", "epsilon", "rmsScaling", ...GAMMA_BETA_OPTIONS]);
    this.axis = checkAxes(WHAT, options.axis);
    this.epsilon = checkNumber(WHAT, "epsilon", options.epsilon ?? 1e-3, { min: 0 });
    if (options.rmsScaling !== undefined && checkBoolean(WHAT, "rmsScaling", options.rmsScaling)) {
      throw new RangeError(
        `Cannot ${WHAT}: rmsScaling must be false, got true; layers.rmsNormalization() scales by the root mean square`,
      );
    }
    this.#weights = new GammaBeta(WHAT, options, parts);
    this.supportsMasking = true;
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), axis: this.axis, epsilon: this.epsilon, ...this.#weights.config };
  }

  protected override build(inputShape: Shape): void {
    const shape = trailingAxes(this.name, this.axis, inputShape);
    for (const spec of this.#weights.specs(shape)) this.addWeight(spec);
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const axes = trailingAxes(this.name, this.axis, x.shape.slice(1)).length;
    return normalizeRows(t, x, { axes, center: true, epsilon: this.epsilon, inputs: this.#weights.inputs });
  }

  /** The same to each step. */
  step(t: StepTracing, x: Symbolic): Symbolic {
    const axes = trailingAxes(this.name, this.axis, x.shape.slice(1)).length;
    return this.call(t, checkStepAxis(this, x, -axes));
  }
}

/**
 * Layer normalization: y = (x − μ) / √(σ² + epsilon) · gamma + beta, with mean and population variance over the last axis of a sample, or
 * over its last axes together. The same in training and in `predict`.
 *
 * Shapes: x [batch, …, in], gamma and beta of the sizes of `axis`, [in] → y of the shape of x. Defaults are Keras's: axis −1,
 * epsilon 1e-3.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const rows = layers.layerNormalization();
 * const samples = layers.layerNormalization({ axis: [1, 2], inputShape: [8, 3] });
 * ```
 * @throws TypeError if `axis` names others than the last axes of a sample, or an option is unknown; RangeError if `epsilon` is negative or
 *   `rmsScaling` is true
 *
 * Source: Ba, Kiros and Hinton, Layer normalization, arXiv 1607.06450, 2016.
 */
export function layerNormalization(options?: LayerNormalizationOptions): LayerNormalization {
  return new LayerNormalization(options);
}

/** Its row of the table. */
export const layerNormalizationRow: LayerRow = defineRow({
  id: "layer_normalization",
  create: (options: LayerNormalizationOptions, parts) => new LayerNormalization(options, parts),
});
