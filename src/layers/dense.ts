import type { Activation } from "../activations/activation.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { defineRow } from "../tables/define_row.ts";
import { copyJson } from "../tensor/copy_json.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { Layer } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { LIBRARY_PARTS, type PartResolver } from "./part_resolver.ts";
import { KERNEL_OPTIONS, type KernelOptions, type KernelParts, readKernelParts } from "./read_kernel_parts.ts";
import type { StepTracing } from "./step_tracing.ts";
import { checkStepActivation, checkStepAxis } from "./trace_step.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the dense layer. */
export interface DenseOptions extends KernelOptions {
  /** The number of units, the size of the output's last axis. */
  units: number;
}

/** The densely connected layer; see `layers.dense`. */
export class Dense extends Layer {
  readonly units: number;
  readonly activation: Activation;
  readonly useBias: boolean;
  readonly #parts: KernelParts;

  /** @param parts makes activation, initializers, regularizers and constraints of what stands for them */
  constructor(options: DenseOptions, parts: PartResolver = LIBRARY_PARTS) {
    super("dense", options, ["units", ...KERNEL_OPTIONS]);
    this.units = checkInteger("create dense layer", "units", options?.units, { min: 1 });
    this.#parts = readKernelParts("create dense layer", options, parts);
    this.activation = this.#parts.activation;
    this.useBias = this.#parts.useBias;
    this.supportsMasking = true;
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), units: this.units, ...copyJson(this.#parts.saved) };
  }

  protected override build(inputShape: Shape): void {
    const width = inputShape[inputShape.length - 1];
    if (width === undefined) {
      throw new TypeError(
        `Cannot build layer "${this.name}": dense needs samples with at least one axis, got shape []`,
      );
    }
    this.addWeight({ name: "kernel", shape: [width, this.units], ...this.#parts.kernel });
    if (this.useBias) this.addWeight({ name: "bias", shape: [this.units], ...this.#parts.bias });
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const { activity } = this.#parts;
    const inputs = [x, t.weight("kernel"), ...(this.useBias ? [t.weight("bias")] : [])];
    const y = this.activation.apply(t.graph, t.graph.apply("matmul", inputs));
    if (activity !== null) t.addLoss(activity.penalty(t.graph, y));
    return y;
  }

  /** The same to each step. */
  step(t: StepTracing, x: Symbolic): Symbolic {
    return this.call(t, checkStepActivation(this, checkStepAxis(this, x)));
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
