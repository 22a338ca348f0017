import type { Activation } from "../activations/activation.ts";
import { activationTable } from "../activations/gen/table.ts";
import { defineRow } from "../tables/define_row.ts";
import { copyJson } from "../tensor/copy_json.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import type { StepTracing } from "./step_tracing.ts";
import { checkStepActivation } from "./trace_step.ts";
import type { Tracing } from "./tracing.ts";
import { LIBRARY_PARTS, type PartResolver } from "./part_resolver.ts";
import type { ActivationSpec } from "./read_activation.ts";
import { savePart } from "./save_part.ts";

/** Options of the activation layer. */
export interface ActivationLayerOptions extends LayerOptions {
  /** The activation, by name or from `activations`. */
  activation: ActivationSpec;
}

/** A layer that applies an activation; see `layers.activation`. */
export class ActivationLayer extends Layer {
  readonly activation: Activation;
  /** Its own options in their saved form, as they were when the layer was made. */
  readonly #saved: Readonly<Record<string, Json>>;

  /** @param parts makes the activation of what stands for it */
  constructor(options: ActivationLayerOptions, parts: PartResolver = LIBRARY_PARTS) {
    super("activation", options, ["activation"]);
    if (options?.activation === undefined) throw new TypeError("Cannot create activation layer: activation is missing");
    this.activation = parts.activation(options.activation);
    this.#saved = copyJson({ activation: savePart(this.activation, activationTable) });
    this.supportsMasking = true;
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), ...copyJson(this.#saved) };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    return this.activation.apply(t.graph, x);
  }

  /** The same to each step. */
  step(t: StepTracing, x: Symbolic): Symbolic {
    return this.call(t, checkStepActivation(this, x));
  }
}

/**
 * Applies an activation: y = activation(x), of x's shape.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const swish = layers.activation({ activation: "silu" });
 * ```
 */
export function activation(options: ActivationLayerOptions): ActivationLayer {
  return new ActivationLayer(options);
}

/** Its row of the table. */
export const activationRow: LayerRow = defineRow({
  id: "activation",
  create: (options: ActivationLayerOptions, parts) => new ActivationLayer(options, parts),
});
