import type { Activation } from "../activations/activation.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { StepTracing } from "./step_tracing.ts";
import { checkStepActivation } from "./trace_step.ts";
import type { Tracing } from "./tracing.ts";

/** A layer that is one activation with options of its own: `layers.reLU`, `layers.leakyReLU`, `layers.elu`, `layers.softmax`. */
export class FixedActivation extends Layer {
  readonly activation: Activation;
  readonly #own: readonly string[];

  /**
   * @param type the name in the table of layers
   * @param options the common options and the activation's
   * @param own the names of the activation's options
   * @param create makes the activation
   */
  constructor(
    type: string,
    options: LayerOptions | undefined,
    own: readonly string[],
    create: (config: Record<string, Json>) => Activation,
  ) {
    super(type, options, own);
    const given = (options ?? {}) as Record<string, Json>;
    this.activation = create(
      Object.fromEntries(own.filter((key) => given[key] !== undefined).map((key) => [key, given[key]])),
    );
    this.#own = own;
    this.supportsMasking = true;
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    const { config } = this.activation;
    return { ...this.commonConfig(), ...Object.fromEntries(this.#own.map((key) => [key, config[key] ?? null])) };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    return this.activation.apply(t.graph, x);
  }

  /** The same to each step. */
  step(t: StepTracing, x: Symbolic): Symbolic {
    return this.call(t, checkStepActivation(this, x));
  }
}
