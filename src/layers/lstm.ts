import { checkBoolean } from "../errors/check_boolean.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import type { LayerRow } from "./layer_row.ts";
import { LIBRARY_PARTS, type PartResolver } from "./part_resolver.ts";
import type { ActivationSpec } from "./read_activation.ts";
import { Recurrent, type RecurrentKind, type RecurrentOptions } from "./recurrent.ts";
import type { WeightSpec } from "./weight_spec.ts";

/** Options of the LSTM layer. */
export interface LSTMOptions extends RecurrentOptions {
  /** The activation of the gates, which works element by element. Default `"sigmoid"`. */
  recurrentActivation?: ActivationSpec;
  /** Whether the bias of the forget gate begins with 1. Default true. */
  unitForgetBias?: boolean;
}

const KIND: RecurrentKind = { type: "lstm", op: "lstm", gates: 4, states: 2 };

/** A long short-term memory; see `layers.lstm`. */
export class LSTM extends Recurrent {
  readonly unitForgetBias: boolean;

  /** @param parts makes activations, initializers, regularizers and constraints of what stands for them */
  constructor(options: LSTMOptions, parts: PartResolver = LIBRARY_PARTS) {
    super(KIND, options, ["recurrentActivation", "unitForgetBias"], parts);
    const { unitForgetBias = true } = options;
    this.unitForgetBias = checkBoolean("create lstm layer", "unitForgetBias", unitForgetBias);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...super.config, unitForgetBias: this.unitForgetBias };
  }

  protected override biasSpec(): WeightSpec {
    const { units, parts: { bias } } = this;
    const shape = [4 * units];
    if (!this.unitForgetBias) return { name: "bias", shape, ...bias };
    const initializer = {
      id: "unit_forget_bias",
      config: {},
      initialize: (_: unknown, random: Parameters<typeof bias.initializer.initialize>[1]): Float32Array => {
        const values = new Float32Array(4 * units).fill(1);
        values.set(bias.initializer.initialize([units], random), 0);
        values.set(bias.initializer.initialize([2 * units], random), 2 * units);
        return values;
      },
    };
    return { name: "bias", shape, ...bias, initializer };
  }
}

/**
 * Long short-term memory (LSTM) over sequences. With z = x · kernel + h · recurrentKernel + bias in four parts z_i, z_f, z_c, z_o of the
 * size `units`, every step gives
 *
 * - i = g(z_i), f = g(z_f), o = g(z_o), where g is `recurrentActivation` (sigmoid),
 * - c ← f · c + i · a(z_c), where a is `activation` (tanh),
 * - h ← o · a(c), the output of the step. h and c begin with 0.
 *
 * Shapes: x [batch, steps, features], kernel [features, 4 · units], recurrent_kernel [units, 4 · units], bias [4 · units] → y [batch, units],
 * that of the last step, or with `returnSequences` [batch, steps, units]; with `returnState` `apply` returns [y, h, c].
 *
 * A step whose mask is 0 leaves h and c as they are, and repeats the output of the step before (0 before the first one that counts, and with
 * `zeroOutputForMask` always). With `returnSequences` the mask goes on; with `goBackwards` outputs and mask are in the order of processing, the
 * last step first.
 *
 * `dropout` drops features of x, `recurrentDropout` units of h in the product: one mask for all steps of a sequence and for all gates
 * (Keras draws one a gate for `recurrentDropout`). All steps are one call of a kernel, and threads share the batch: batches of less than 4
 * samples a thread leave threads without work.
 *
 * @example
 * ```ts
 * import { layers, sequential } from "retroprop";
 * const model = sequential([
 *   layers.lstm({ units: 32, inputShape: [null, 8] }), // sequences of any length, 8 features a step
 *   layers.dense({ units: 1 }),
 * ]);
 * ```
 * @throws RangeError if `units` is not an integer >= 1, or a dropout is not >= 0 and < 1; TypeError for an unknown option, an activation
 * that does not work element by element, or samples that are not [steps, features]
 *
 * Sources: Hochreiter and Schmidhuber, Long short-term memory, 1997; Gers, Schmidhuber and Cummins, Learning to forget, 2000; for dropout: Gal
 * and Ghahramani, A theoretically grounded application of dropout in recurrent neural networks, 2016.
 */
export function lstm(options: LSTMOptions): LSTM {
  return new LSTM(options);
}

/** Its row of the table. */
export const lstmRow: LayerRow = defineRow({
  id: "lstm",
  create: (options: LSTMOptions, parts) => new LSTM(options, parts),
});
