import { checkInteger } from "../errors/check_integer.ts";
import { checkString } from "../errors/check_string.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import type { LookupOptions } from "./read_lookup_options.ts";
import { type NestedTokens, TokenLookup } from "./token_lookup.ts";

/** Options of the layer that looks integers up. */
export interface IntegerLookupOptions extends LookupOptions<number>, LayerOptions {
  /**
   * With several `numOovIndices`, which one stands for an unknown integer: `"floormod"` (default), the remainder of the integer, or `"farmhash"`, that
   * of the FarmHash64 of its decimals, which spreads evenly what has common factors.
   */
  oovMethod?: "floormod" | "farmhash";
}

/** A layer that gives integers their indices; see `layers.integerLookup`. */
export class IntegerLookup<Result = Tensor> extends TokenLookup<number, Result> {
  constructor(options: IntegerLookupOptions = {}) {
    const what = "create integer_lookup layer";
    super("integer_lookup", options, {
      oovToken: -1,
      checkToken: (name, token) => checkInteger(what, name, token),
      oovMethod: checkString(what, "oovMethod", options.oovMethod ?? "floormod", ["floormod", "farmhash"] as const),
      more: ["oovMethod"],
    });
    Object.freeze(this);
  }

  protected override get kind(): "int64" {
    return "int64";
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...super.config, oovMethod: this.settings.oovMethod };
  }
}

/**
 * Gives integers their indices in a vocabulary, or vectors made of these: numbers of customers, postal codes, whatever is a name rather than an amount.
 * It stands directly behind an input of dtype `"int64"`, since float32 holds integers up to 2^24 only; here they go from −(2^53 − 1) to 2^53 − 1, and
 * may be bigints.
 *
 * The vocabulary comes from `adapt(data)`, the most frequent integers first, of equal counts the largest; or from the options. Before it stand the
 * mask, if there is one and `outputMode` is `"int"`, and what stands for unknown integers. It is saved with the model, as a tensor.
 *
 * Samples [batch, …] become as many indices in `"int"`.
 *
 * @example
 * ```ts
 * import { input, layers, model } from "retroprop";
 * const lookup = layers.integerLookup({ outputMode: "one_hot" });
 * lookup.adapt([[1138], [42], [42], [5_000_000_000]]);
 * lookup.getVocabulary(); // [-1, 42, 5000000000, 1138]
 * const customer = input({ shape: [1], dtype: "int64" });
 * const y = layers.dense({ units: 1 }).apply(lookup.apply(customer));
 * model({ inputs: customer, outputs: y }).predict([[42], [7]]);
 * ```
 * @throws TypeError for wrong options and a vocabulary that is none; RangeError for more integers than `maxTokens`
 */
export function integerLookup(
  options: IntegerLookupOptions & { readonly invert: true },
): IntegerLookup<NestedTokens<number>>;
/** Gives integers their indices. */
export function integerLookup(options?: IntegerLookupOptions): IntegerLookup;
export function integerLookup(options?: IntegerLookupOptions): IntegerLookup<unknown> {
  return new IntegerLookup(options);
}

/** Its row of the table. */
export const integerLookupRow: LayerRow = defineRow({ id: "integer_lookup", create: integerLookup });
