import type { Activation } from "../activations/activation.ts";
import { activationTable } from "../activations/gen/table.ts";
import type { Constraint } from "../constraints/constraint.ts";
import { constraintTable } from "../constraints/gen/table.ts";
import type { ConstraintSpec } from "../constraints/resolve_constraint.ts";
import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { initializerTable } from "../initializers/gen/table.ts";
import type { Initializer } from "../initializers/initializer.ts";
import type { InitializerSpec } from "../initializers/resolve_initializer.ts";
import { regularizerTable } from "../regularizers/gen/table.ts";
import type { Regularizer } from "../regularizers/regularizer.ts";
import type { RegularizerSpec } from "../regularizers/resolve_regularizer.ts";
import { defineRow } from "../tables/define_row.ts";
import { copyJson } from "../tensor/copy_json.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import type { Tracing } from "./tracing.ts";
import { LIBRARY_PARTS, type PartResolver } from "./part_resolver.ts";
import type { ActivationSpec } from "./read_activation.ts";
import { savePart } from "./save_part.ts";

/** Options of the dense layer. */
export interface DenseOptions extends LayerOptions {
  /** The number of units, the size of the output's last axis. */
  units: number;
  /** Default `"linear"`. */
  activation?: ActivationSpec;
  /** Whether a bias is added. Default true. */
  useBias?: boolean;
  /** Default `"glorot_uniform"`. */
  kernelInitializer?: InitializerSpec;
  /** Default `"zeros"`. */
  biasInitializer?: InitializerSpec;
  /** A penalty on the kernel. Default none. */
  kernelRegularizer?: RegularizerSpec | null;
  /** A penalty on the bias. Default none. */
  biasRegularizer?: RegularizerSpec | null;
  /** A penalty on the output, summed over the batch and not divided by it, as in Keras 3. Default none. */
  activityRegularizer?: RegularizerSpec | null;
  /** A rule that the kernel keeps after every step. Default none. */
  kernelConstraint?: ConstraintSpec | null;
  /** A rule that the bias keeps after every step. Default none. */
  biasConstraint?: ConstraintSpec | null;
}

const OPTIONS = [
  "units",
  "activation",
  "useBias",
  "kernelInitializer",
  "biasInitializer",
  "kernelRegularizer",
  "biasRegularizer",
  "activityRegularizer",
  "kernelConstraint",
  "biasConstraint",
] as const;

/** The densely connected layer; see `layers.dense`. */
export class Dense extends Layer {
  readonly units: number;
  readonly activation: Activation;
  readonly useBias: boolean;
  readonly #kernel: { initializer: Initializer; regularizer: Regularizer | null; constraint: Constraint | null };
  readonly #bias: { initializer: Initializer; regularizer: Regularizer | null; constraint: Constraint | null };
  readonly #activity: Regularizer | null;
  /** Its own options in their saved form, as they were when the layer was made. */
  readonly #saved: Readonly<Record<string, Json>>;

  /** @param parts makes activation, initializers, regularizers and constraints of what stands for them */
  constructor(options: DenseOptions, parts: PartResolver = LIBRARY_PARTS) {
    super("dense", options, OPTIONS);
    this.units = checkInteger("create dense layer", "units", options?.units, { min: 1 });
    this.activation = parts.activation(options.activation ?? "linear");
    this.useBias = options.useBias === undefined
      ? true
      : checkBoolean("create dense layer", "useBias", options.useBias);
    this.#kernel = {
      initializer: parts.initializer(options.kernelInitializer ?? "glorot_uniform"),
      regularizer: parts.regularizer(options.kernelRegularizer ?? null),
      constraint: parts.constraint(options.kernelConstraint ?? null),
    };
    this.#bias = {
      initializer: parts.initializer(options.biasInitializer ?? "zeros"),
      regularizer: parts.regularizer(options.biasRegularizer ?? null),
      constraint: parts.constraint(options.biasConstraint ?? null),
    };
    this.#activity = parts.regularizer(options.activityRegularizer ?? null);
    this.#saved = copyJson({
      units: this.units,
      activation: savePart(this.activation, activationTable),
      useBias: this.useBias,
      kernelInitializer: savePart(this.#kernel.initializer, initializerTable),
      biasInitializer: savePart(this.#bias.initializer, initializerTable),
      kernelRegularizer: savePart(this.#kernel.regularizer, regularizerTable),
      biasRegularizer: savePart(this.#bias.regularizer, regularizerTable),
      // Left out where there is none: files of before have no such entry.
      ...(this.#activity === null ? {} : { activityRegularizer: savePart(this.#activity, regularizerTable) }),
      kernelConstraint: savePart(this.#kernel.constraint, constraintTable),
      biasConstraint: savePart(this.#bias.constraint, constraintTable),
    });
    this.supportsMasking = true;
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), ...copyJson(this.#saved) };
  }

  protected override build(inputShape: Shape): void {
    const width = inputShape[inputShape.length - 1];
    if (width === undefined) {
      throw new TypeError(
        `Cannot build layer "${this.name}": dense needs samples with at least one axis, got shape []`,
      );
    }
    this.addWeight({ name: "kernel", shape: [width, this.units], ...this.#kernel });
    if (this.useBias) this.addWeight({ name: "bias", shape: [this.units], ...this.#bias });
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const inputs = [x, t.weight("kernel"), ...(this.useBias ? [t.weight("bias")] : [])];
    const y = this.activation.apply(t.graph, t.graph.apply("matmul", inputs));
    if (this.#activity !== null) t.addLoss(this.#activity.penalty(t.graph, y));
    return y;
  }
}

/**
 * The densely connected layer: y = activation(x · kernel + bias).
 *
 * Shapes: x [batch, …, in], kernel [in, units], bias [units] → y [batch, …, units].
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const hidden = layers.dense({ units: 7, activation: "sigmoid", inputShape: [2] });
 * ```
 * @throws RangeError if `units` is not an integer >= 1; TypeError for an unknown option
 */
export function dense(options: DenseOptions): Dense {
  return new Dense(options);
}

/** Its row of the table. */
export const denseRow: LayerRow = defineRow({
  id: "dense",
  create: (options: DenseOptions, parts) => new Dense(options, parts),
});
