import { checkInteger } from "../errors/check_integer.ts";
import { describeValue } from "../errors/describe_value.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import { checkSampleShape } from "./check_shape_options.ts";
import { HeadedAttention, type HeadedAttentionOptions, type HeadSizes } from "./headed_attention.ts";
import type { LayerRow } from "./layer_row.ts";
import { LIBRARY_PARTS, type PartResolver } from "./part_resolver.ts";

/** Options of attention with several heads. */
export interface MultiHeadAttentionOptions extends HeadedAttentionOptions {
  /** The number of heads. */
  numHeads: number;
  /** The width of query and key in each head. */
  keyDim: number;
  /** The width of the value in each head. Default: `keyDim`. */
  valueDim?: number | null;
  /** The width of a step of the result, or its shape. Default: the width of the query. */
  outputShape?: number | readonly number[] | null;
  /** The axes over which steps attend, counted with the batch. Only the default can be computed: all between the batch and the last axis. */
  attentionAxes?: number | readonly number[] | null;
}

const WHAT = "create multi_head_attention layer";

/** Attention with several heads; see `layers.multiHeadAttention`. */
export class MultiHeadAttention extends HeadedAttention {
  readonly numHeads: number;
  readonly keyDim: number;
  readonly valueDim: number;
  readonly outputWidths: Shape | null;
  readonly attentionAxes: readonly number[] | null;

  /** @param parts makes initializers, regularizers and constraints of what stands for them */
  constructor(options: MultiHeadAttentionOptions, parts: PartResolver = LIBRARY_PARTS) {
    super(
      "multi_head_attention",
      options,
      ["numHeads", "keyDim", "valueDim", "outputShape", "attentionAxes"],
      parts,
    );
    this.numHeads = checkInteger(WHAT, "numHeads", options?.numHeads, { min: 1 });
    this.keyDim = checkInteger(WHAT, "keyDim", options.keyDim, { min: 1 });
    this.valueDim = checkInteger(WHAT, "valueDim", options.valueDim ?? this.keyDim, { min: 1 });
    const { outputShape = null, attentionAxes = null } = options;
    this.outputWidths = outputShape === null
      ? null
      : checkSampleShape(WHAT, "outputShape", typeof outputShape === "number" ? [outputShape] : outputShape);
    this.attentionAxes = attentionAxes === null ? null : checkAttentionAxes(attentionAxes);
    Object.freeze(this);
  }

  protected override get sizes(): HeadSizes {
    const { numHeads, keyDim, valueDim, outputWidths: outputShape } = this;
    return { queryHeads: numHeads, keyValueHeads: numHeads, keyDim, valueDim, outputShape };
  }

  override get config(): Readonly<Record<string, Json>> {
    return {
      ...this.savedOptions(),
      numHeads: this.numHeads,
      keyDim: this.keyDim,
      valueDim: this.valueDim,
      ...(this.outputWidths === null ? {} : { outputShape: [...this.outputWidths] }),
      ...(this.attentionAxes === null ? {} : { attentionAxes: [...this.attentionAxes] }),
    };
  }

  protected override build(query: Shape, ...others: Shape[]): void {
    const all = query.slice(1).map((_, i) => i + 1);
    if (this.attentionAxes !== null && `${this.attentionAxes}` !== `${all}`) {
      throw new RangeError(
        `Cannot build layer "${this.name}": attentionAxes must be all axes between the batch and the last one, [${
          all.join(", ")
        }], got [${this.attentionAxes.join(", ")}]; attention over some of them cannot be computed yet`,
      );
    }
    super.build(query, ...others);
  }
}

function checkAttentionAxes(given: number | readonly number[]): readonly number[] {
  const axes = typeof given === "number" ? [given] : given;
  if (Array.isArray(axes) && axes.every((axis) => Number.isSafeInteger(axis) && axis >= 1)) {
    return Object.freeze([...axes]);
  }
  throw new RangeError(
    `Cannot ${WHAT}: attentionAxes must be integers >= 1, the batch being 0, got ${describeValue(given)}`,
  );
}

/**
 * Attention of several heads (Transformer): y = Σ over heads h of softmax(Q_h · K_hᵀ / √keyDim) · V_h · O_h, with projections Q, K, V of query,
 * key and value for each head, and O of the heads' results.
 *
 * It is applied to `[query, value]`, to `[query, value, key]`, or to one tensor that attends to itself; without a key the value is the key. Shapes:
 * query [batch, t, q], value [batch, s, v], key [batch, s, k] → y [batch, t, outputShape], by default [batch, t, q]. With more axes, as
 * [batch, height, width, channels], all between the batch and the last one are steps. Weights: `query/kernel` [q, numHeads, keyDim],
 * `key/kernel` [k, numHeads, keyDim], `value/kernel` [v, numHeads, valueDim], their biases [numHeads, width], `attention_output/kernel`
 * [numHeads, valueDim, outputShape] and `attention_output/bias`. Defaults are Keras's.
 *
 * Call options: `attentionMask` [batch, t, s] or [batch, numHeads, t, s]; `mask`, one of steps for each input, by default their own; `useCausalMask`;
 * `returnAttentionScores` for a second result, the probabilities [batch, numHeads, t, s] before dropout. A key counts where all masks say so. A
 * query that counts itself out, or has no key left, attends to all keys alike, as in Keras's `ops.dot_product_attention`: its row is the mean of
 * all values, to be left out by what comes after; the mask of the query goes on. The dropout is a function of (seed, layer, step, element).
 *
 * @example
 * ```ts
 * import { input, layers } from "retroprop";
 * const x = input({ shape: [64, 32] });
 * const y = layers.multiHeadAttention({ numHeads: 4, keyDim: 8 }).apply(x, { useCausalMask: true }); // [batch, 64, 32]
 * ```
 * @throws RangeError for numbers out of range, and for `attentionAxes` that are not all axes of steps; TypeError for an unknown option, and when it
 *   is applied to what does not fit
 *
 * Source: Vaswani et al., Attention is all you need, 2017.
 */
export function multiHeadAttention(options: MultiHeadAttentionOptions): MultiHeadAttention {
  return new MultiHeadAttention(options);
}

/** Its row of the table. */
export const multiHeadAttentionRow: LayerRow = defineRow({
  id: "multi_head_attention",
  create: (options: MultiHeadAttentionOptions, parts) => new MultiHeadAttention(options, parts),
});
