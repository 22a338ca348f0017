import { checkBoolean } from "../errors/check_boolean.ts";
import { glorotUniform } from "../initializers/glorot_uniform.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import type { LayerRow } from "./layer_row.ts";
import { ScoredAttention, type ScoredAttentionOptions } from "./scored_attention.ts";
import { sumOfTanh } from "./sum_of_tanh.ts";
import type { Tracing } from "./tracing.ts";

/** Options of additive attention. */
export interface AdditiveAttentionOptions extends ScoredAttentionOptions {
  /** Whether the terms of a score have factors that are learnt, `scale`. Default true. */
  useScale?: boolean;
}

/** Additive attention; see `layers.additiveAttention`. */
export class AdditiveAttention extends ScoredAttention {
  readonly useScale: boolean;

  constructor(options: AdditiveAttentionOptions = {}) {
    super("additive_attention", options, ["useScale"]);
    this.useScale = checkBoolean("create additive_attention layer", "useScale", options.useScale ?? true);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.savedOptions(), useScale: this.useScale };
  }

  protected override build(query: Shape, value: Shape, key?: Shape): void {
    super.build(query, value, key);
    if (this.useScale) this.addWeight({ name: "scale", shape: query.slice(-1), initializer: glorotUniform() });
  }

  protected override score(t: Tracing, query: Symbolic, key: Symbolic): Symbolic {
    return sumOfTanh(t.ops, query, key, this.useScale ? t.weight("scale") : null);
  }
}

/**
 * Additive attention (Bahdanau): y = softmax(Σ scale · tanh(query + key)) · value, the sum over the width, the softmax over the keys of each
 * query.
 *
 * It is applied to `[query, value]` or `[query, value, key]`; without a key the value is the key. Shapes: query [batch, t, w], value
 * [batch, s, v], key [batch, s, w], scale [w] (none without `useScale`) → y [batch, t, v]. Call options, masks and dropout are those of
 * `layers.attention`.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const attention = layers.additiveAttention({ dropout: 0.1 });
 * ```
 * @throws RangeError if `dropout` is not >= 0 and < 1; TypeError for an unknown option, and when it is applied to what does not fit
 *
 * Source: Bahdanau, Cho and Bengio, Neural machine translation by jointly learning to align and translate, 2015.
 */
export function additiveAttention(options?: AdditiveAttentionOptions): AdditiveAttention {
  return new AdditiveAttention(options);
}

/** Its row of the table. */
export const additiveAttentionRow: LayerRow = defineRow({ id: "additive_attention", create: additiveAttention });
