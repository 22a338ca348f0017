import { checkInteger } from "../errors/check_integer.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import { HeadedAttention, type HeadedAttentionOptions, type HeadSizes } from "./headed_attention.ts";
import type { LayerRow } from "./layer_row.ts";
import { LIBRARY_PARTS, type PartResolver } from "./part_resolver.ts";

/** Options of attention whose heads share keys and values. */
export interface GroupedQueryAttentionOptions extends HeadedAttentionOptions {
  /** The width of each head. */
  headDim: number;
  /** The number of heads of the query. */
  numQueryHeads: number;
  /** The number of heads of key and value; it divides `numQueryHeads`. 1 is multi-query attention. */
  numKeyValueHeads: number;
}

const WHAT = "create grouped_query_attention layer";

/** Attention with groups of heads; see `layers.groupedQueryAttention`. */
export class GroupedQueryAttention extends HeadedAttention {
  readonly headDim: number;
  readonly numQueryHeads: number;
  readonly numKeyValueHeads: number;

  /** @param parts makes initializers, regularizers and constraints of what stands for them */
  constructor(options: GroupedQueryAttentionOptions, parts: PartResolver = LIBRARY_PARTS) {
    super("grouped_query_attention", options, ["headDim", "numQueryHeads", "numKeyValueHeads"], parts);
    this.headDim = checkInteger(WHAT, "headDim", options?.headDim, { min: 1 });
    this.numQueryHeads = checkInteger(WHAT, "numQueryHeads", options.numQueryHeads, { min: 1 });
    this.numKeyValueHeads = checkInteger(WHAT, "numKeyValueHeads", options.numKeyValueHeads, { min: 1 });
    if (this.numQueryHeads % this.numKeyValueHeads !== 0) {
      throw new RangeError(
        `Cannot ${WHAT}: numKeyValueHeads must divide numQueryHeads, got ${this.numKeyValueHeads} and ${this.numQueryHeads}`,
      );
    }
    Object.freeze(this);
  }

  protected override get sizes(): HeadSizes {
    const { numQueryHeads, numKeyValueHeads, headDim } = this;
    return {
      queryHeads: numQueryHeads,
      keyValueHeads: numKeyValueHeads,
      keyDim: headDim,
      valueDim: headDim,
      outputShape: null,
    };
  }

  override get config(): Readonly<Record<string, Json>> {
    return {
      ...this.savedOptions(),
      headDim: this.headDim,
      numQueryHeads: this.numQueryHeads,
      numKeyValueHeads: this.numKeyValueHeads,
    };
  }
}

/**
 * Attention whose query heads share keys and values in groups: query head h reads key and value head ⌊h · numKeyValueHeads / numQueryHeads⌋. All
 * else is as in `layers.multiHeadAttention`: inputs, call options, masks.
 *
 * Shapes: query [batch, t, q], value [batch, s, v], key [batch, s, k] → y [batch, t, q]. Weights: `query/kernel` [q, numQueryHeads, headDim],
 * `key/kernel` [k, numKeyValueHeads, headDim], `value/kernel` [v, numKeyValueHeads, headDim], `attention_output/kernel` [numQueryHeads, headDim, q],
 * and their biases. Defaults are Keras's.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const attention = layers.groupedQueryAttention({ headDim: 16, numQueryHeads: 8, numKeyValueHeads: 2 });
 * ```
 * @throws RangeError for numbers out of range, or if `numKeyValueHeads` does not divide `numQueryHeads`; TypeError for an unknown option
 *
 * Source: Ainslie et al., GQA: Training generalized multi-query transformer models from multi-head checkpoints, 2023.
 */
export function groupedQueryAttention(options: GroupedQueryAttentionOptions): GroupedQueryAttention {
  return new GroupedQueryAttention(options);
}

/** Its row of the table. */
export const groupedQueryAttentionRow: LayerRow = defineRow({
  id: "grouped_query_attention",
  create: (options: GroupedQueryAttentionOptions, parts) => new GroupedQueryAttention(options, parts),
});
