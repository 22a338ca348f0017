import { checkBoolean } from "../errors/check_boolean.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import type { LayerRow } from "./layer_row.ts";
import { LIBRARY_PARTS, type PartResolver } from "./part_resolver.ts";
import type { ActivationSpec } from "./read_activation.ts";
import { Recurrent, type RecurrentKind, type RecurrentOptions } from "./recurrent.ts";
import type { Tracing } from "./tracing.ts";
import type { WeightSpec } from "./weight_spec.ts";

/** Options of the GRU layer. */
export interface GRUOptions extends RecurrentOptions {
  /** The activation of the gates, which works element by element. Default `"sigmoid"`. */
  recurrentActivation?: ActivationSpec;
  /** Whether r is taken times h · U, as CuDNN does, or times h in front of the product. Default true. */
  resetAfter?: boolean;
}

const AFTER: RecurrentKind = { type: "gru", op: "gru", gates: 3, states: 1 };
const BEFORE: RecurrentKind = { ...AFTER, op: "gru_reset_before" };

/** A gated recurrent unit; see `layers.gru`. */
export class GRU extends Recurrent {
  readonly resetAfter: boolean;

  /** @param parts makes activations, initializers, regularizers and constraints of what stands for them */
  constructor(options: GRUOptions, parts: PartResolver = LIBRARY_PARTS) {
    super(options?.resetAfter === false ? BEFORE : AFTER, options, ["recurrentActivation", "resetAfter"], parts);
    const { resetAfter = true } = options;
    this.resetAfter = checkBoolean("create gru layer", "resetAfter", resetAfter);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...super.config, resetAfter: this.resetAfter };
  }

  protected override biasSpec(): WeightSpec {
    const shape = [3 * this.units];
    return { name: "bias", shape: this.resetAfter ? [2, ...shape] : shape, ...this.parts.bias };
  }

  protected override biasesOf(t: Tracing): readonly [projection: Symbolic, recurrent?: Symbolic] {
    if (!this.resetAfter) return super.biasesOf(t);
    const width = 3 * this.units;
    const row = (i: number): Symbolic => {
      const one = t.graph.apply("slice", [t.weight("bias")], { begin: [i, 0], size: [1, width] });
      return t.graph.apply("reshape", [one], { shape: [width] });
    };
    return [row(0), row(1)];
  }
}

/**
 * A gated recurrent unit (GRU) over sequences. With x · kernel + bias[0] in three parts x_z, x_r, x_h of the size `units`, and h ·
 * recurrentKernel + bias[1] in three parts v_z, v_r, v_h, every step gives
 *
 * - z = g(x_z + v_z), r = g(x_r + v_r), where g is `recurrentActivation` (sigmoid),
 * - n = a(x_h + r · v_h), where a is `activation` (tanh); with `resetAfter: false`, of Cho's paper, n = a(x_h + (r · h) · U_h) with the third
 *   part U_h of the recurrent kernel, and there is one bias,
 * - h ← z · h + (1 − z) · n, the output of the step. h begins with 0.
 *
 * Shapes: x [batch, steps, features], kernel [features, 3 · units], recurrent_kernel [units, 3 · units], bias [2, 3 · units], with
 * `resetAfter: false` [3 · units] → y [batch, units], that of the last step, or with `returnSequences` [batch, steps, units]; with
 * `returnState` `apply` returns [y, h].
 *
 * Masks, dropout, order and threads are as in `layers.lstm`.
 *
 * @example
 * ```ts
 * import { layers, sequential } from "retroprop";
 * const model = sequential([
 *   layers.gru({ units: 32, returnSequences: true, inputShape: [20, 8] }),
 *   layers.gru({ units: 16 }),
 *   layers.dense({ units: 1 }),
 * ]);
 * ```
 * @throws RangeError if `units` is not an integer >= 1, or a dropout is not >= 0 and < 1; TypeError for an unknown option, an activation
 * that does not work element by element, or samples that are not [steps, features]
 *
 * Source: Cho et al., Learning phrase representations using RNN encoder–decoder for statistical machine translation, 2014.
 */
export function gru(options: GRUOptions): GRU {
  return new GRU(options);
}

/** Its row of the table. */
export const gruRow: LayerRow = defineRow({
  id: "gru",
  create: (options: GRUOptions, parts) => new GRU(options, parts),
});
