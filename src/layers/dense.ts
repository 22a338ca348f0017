import type { Activation } from "../activations/activation.ts";
import { type ActivationSpec, resolveActivation } from "../activations/resolve_activation.ts";
import type { Constraint } from "../constraints/constraint.ts";
import { type ConstraintSpec, resolveConstraint } from "../constraints/resolve_constraint.ts";
import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import type { Initializer } from "../initializers/initializer.ts";
import { type InitializerSpec, resolveInitializer } from "../initializers/resolve_initializer.ts";
import type { Regularizer } from "../regularizers/regularizer.ts";
import { type RegularizerSpec, resolveRegularizer } from "../regularizers/resolve_regularizer.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { Layer, type LayerOptions, type Tracing } from "./layer.ts";
import { saved } from "./saved.ts";

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

  constructor(options: DenseOptions) {
    super("dense", options, OPTIONS);
    this.units = checkInteger("create dense layer", "units", options?.units, { min: 1 });
    this.activation = resolveActivation(options.activation ?? "linear");
    this.useBias = options.useBias === undefined
      ? true
      : checkBoolean("create dense layer", "useBias", options.useBias);
    this.#kernel = {
      initializer: resolveInitializer(options.kernelInitializer ?? "glorot_uniform"),
      regularizer: resolveRegularizer(options.kernelRegularizer ?? null),
      constraint: resolveConstraint(options.kernelConstraint ?? null),
    };
    this.#bias = {
      initializer: resolveInitializer(options.biasInitializer ?? "zeros"),
      regularizer: resolveRegularizer(options.biasRegularizer ?? null),
      constraint: resolveConstraint(options.biasConstraint ?? null),
    };
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return {
      ...this.commonConfig(),
      units: this.units,
      activation: saved(this.activation),
      useBias: this.useBias,
      kernelInitializer: saved(this.#kernel.initializer),
      biasInitializer: saved(this.#bias.initializer),
      kernelRegularizer: saved(this.#kernel.regularizer),
      biasRegularizer: saved(this.#bias.regularizer),
      kernelConstraint: saved(this.#kernel.constraint),
      biasConstraint: saved(this.#bias.constraint),
    };
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
    return this.activation.apply(t.graph, t.graph.apply("matmul", inputs));
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
