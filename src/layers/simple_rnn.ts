import { defineRow } from "../tables/define_row.ts";
import type { LayerRow } from "./layer_row.ts";
import { LIBRARY_PARTS, type PartResolver } from "./part_resolver.ts";
import { Recurrent, type RecurrentOptions } from "./recurrent.ts";
import type { WeightSpec } from "./weight_spec.ts";

/** Options of the plain recurrent layer. */
export type SimpleRNNOptions = RecurrentOptions;

/** A plain recurrent network; see `layers.simpleRNN`. */
export class SimpleRNN extends Recurrent {
  /** @param parts makes activations, initializers, regularizers and constraints of what stands for them */
  constructor(options: SimpleRNNOptions, parts: PartResolver = LIBRARY_PARTS) {
    super({ type: "simple_rnn", op: "simple_rnn", gates: 1, states: 1 }, options, [], parts);
    Object.freeze(this);
  }

  protected override biasSpec(): WeightSpec {
    return { name: "bias", shape: [this.units], ...this.parts.bias };
  }
}

/**
 * A plain recurrent network over sequences: every step gives h ← a(x · kernel + h · recurrentKernel + bias), the output of the step, where a is
 * `activation` (tanh). h begins with 0.
 *
 * Shapes: x [batch, steps, features], kernel [features, units], recurrent_kernel [units, units], bias [units] → y [batch, units], that of the
 * last step, or with `returnSequences` [batch, steps, units]; with `returnState` `apply` returns [y, h].
 *
 * Masks, dropout, order and threads are as in `layers.lstm`.
 *
 * @example
 * ```ts
 * import { layers, sequential } from "retroprop";
 * const model = sequential([layers.simpleRNN({ units: 8, inputShape: [10, 2] }), layers.dense({ units: 1 })]);
 * ```
 * @throws RangeError if `units` is not an integer >= 1, or a dropout is not >= 0 and < 1; TypeError for an unknown option, an activation
 * that does not work element by element, or samples that are not [steps, features]
 *
 * Source: Elman, Finding structure in time, Cognitive Science 14, 1990.
 */
export function simpleRNN(options: SimpleRNNOptions): SimpleRNN {
  return new SimpleRNN(options);
}

/** Its row of the table. */
export const simpleRNNRow: LayerRow = defineRow({
  id: "simple_rnn",
  create: (options: SimpleRNNOptions, parts) => new SimpleRNN(options, parts),
});
