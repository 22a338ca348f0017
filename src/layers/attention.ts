import { checkBoolean } from "../errors/check_boolean.ts";
import { describeValue } from "../errors/describe_value.ts";
import { ones } from "../initializers/ones.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import type { LayerRow } from "./layer_row.ts";
import { ScoredAttention, type ScoredAttentionOptions } from "./scored_attention.ts";
import { sumOfTanh } from "./sum_of_tanh.ts";
import type { Tracing } from "./tracing.ts";

/** Options of attention without projections. */
export interface AttentionOptions extends ScoredAttentionOptions {
  /** Whether scores are multiplied by a number that is learnt, `scale`. Default false. */
  useScale?: boolean;
  /** How a query is compared with a key: `"dot"`, query · key, or `"concat"`, the sum of tanh(query + key) times a number that is learnt. Default `"dot"`. */
  scoreMode?: "dot" | "concat";
}

const WHAT = "create attention layer";

/** Attention without projections; see `layers.attention`. */
export class Attention extends ScoredAttention {
  readonly useScale: boolean;
  readonly scoreMode: "dot" | "concat";

  constructor(options: AttentionOptions = {}) {
    super("attention", options, ["useScale", "scoreMode"]);
    this.useScale = checkBoolean(WHAT, "useScale", options.useScale ?? false);
    const mode: unknown = options.scoreMode ?? "dot";
    if (mode !== "dot" && mode !== "concat") {
      throw new RangeError(`Cannot ${WHAT}: scoreMode must be "dot" or "concat", got ${describeValue(mode)}`);
    }
    this.scoreMode = mode;
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.savedOptions(), useScale: this.useScale, scoreMode: this.scoreMode };
  }

  protected override build(query: Shape, value: Shape, key?: Shape): void {
    super.build(query, value, key);
    if (this.useScale) this.addWeight({ name: "scale", shape: [], initializer: ones() });
    if (this.scoreMode === "concat") this.addWeight({ name: "concat_score_weight", shape: [], initializer: ones() });
  }

  protected override factorOf(t: Tracing, query: Symbolic): Symbolic | null {
    return this.scoreMode === "dot" ? this.#scaled(t, query) : null;
  }

  protected override score(t: Tracing, query: Symbolic, key: Symbolic): Symbolic {
    const sums = sumOfTanh(t.ops, this.#scaled(t, query), this.#scaled(t, key), null);
    return t.ops.multiply(sums, t.weight("concat_score_weight"));
  }

  #scaled(t: Tracing, x: Symbolic): Symbolic {
    return this.useScale ? t.ops.multiply(x, t.weight("scale")) : x;
  }
}

/**
 * Attention without projections (Luong): y = softmax(query · keyᵀ) · value, over the keys of each query.
 *
 * It is applied to `[query, value]` or `[query, value, key]`; without a key the value is the key. Shapes: query [batch, t, w], value
 * [batch, s, v], key [batch, s, w] → y [batch, t, v]. With `useScale` scores are multiplied by the weight `scale`, shape [], at first 1; with
 * scoreMode `"concat"` they are concat_score_weight · Σ tanh(scale · (query + key)).
 *
 * Call options: `mask`, of the query and of the value, by default their own; `useCausalMask`; `attentionMask` [batch, t, s], which Keras has for
 * `multiHeadAttention` only; `returnAttentionScores` for a second result, the probabilities [batch, t, s] after dropout. Where no key of a query
 * is left, it attends to all keys alike, as in Keras. The steps that the mask of the query leaves out are 0, and that mask goes on. The dropout
 * is a function of (seed, layer, step, element).
 *
 * @example
 * ```ts
 * import { input, layers, model } from "retroprop";
 * const question = input({ shape: [4, 8] }), text = input({ shape: [20, 8] });
 * const [found, weights] = layers.attention().apply<readonly ReturnType<typeof input>[]>([question, text], { returnAttentionScores: true });
 * const net = model({ inputs: [question, text], outputs: [found, weights] }); // [batch, 4, 8] and [batch, 4, 20]
 * ```
 * @throws RangeError if `dropout` is not >= 0 and < 1, or `scoreMode` is unknown; TypeError for an unknown option, and when it is applied to
 *   what does not fit
 *
 * Source: Luong, Pham and Manning, Effective approaches to attention-based neural machine translation, 2015.
 */
export function attention(options?: AttentionOptions): Attention {
  return new Attention(options);
}

/** Its row of the table. */
export const attentionRow: LayerRow = defineRow({ id: "attention", create: attention });
