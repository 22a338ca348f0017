import { checkString } from "../errors/check_string.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import type { LookupOptions } from "./read_lookup_options.ts";
import { type NestedTokens, TokenLookup } from "./token_lookup.ts";

/** Options of the layer that looks strings up. */
export interface StringLookupOptions extends LookupOptions<string>, LayerOptions {}

/** A layer that gives strings their indices; see `layers.stringLookup`. */
export class StringLookup<Result = Tensor> extends TokenLookup<string, Result> {
  constructor(options: StringLookupOptions = {}) {
    super("string_lookup", options, {
      oovToken: "[UNK]",
      checkToken: (name, token) => checkString<string>("create string_lookup layer", name, token).toWellFormed(),
    });
    Object.freeze(this);
  }

  protected override get kind(): "string" {
    return "string";
  }
}

/**
 * Gives strings their indices in a vocabulary, or vectors made of these: categories, and texts that are cut into tokens already. It stands directly
 * behind an input of dtype `"string"`.
 *
 * The vocabulary comes from `adapt(data)`, the most frequent strings first, or from the options. Before it stand the mask, if there is one and
 * `outputMode` is `"int"`, and what stands for unknown strings.
 *
 * Samples [batch, …] become as many indices in `"int"`. It is saved with the model, as a tensor.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const lookup = layers.stringLookup();
 * lookup.adapt([["a", "c", "d"], ["d", "z", "b"]]);
 * lookup.getVocabulary(); // ["[UNK]", "d", "z", "c", "b", "a"]
 * lookup.transform([["d", "x"]]).toArray(); // [[1, 0]]
 * const names = layers.stringLookup({ vocabulary: lookup.getVocabulary(), invert: true });
 * names.transform([[1, 0]]); // [["d", "[UNK]"]]
 * ```
 * @throws TypeError for wrong options and a vocabulary that is none; RangeError for more strings than `maxTokens`
 */
export function stringLookup(
  options: StringLookupOptions & { readonly invert: true },
): StringLookup<NestedTokens<string>>;
/** Gives strings their indices. */
export function stringLookup(options?: StringLookupOptions): StringLookup;
export function stringLookup(options?: StringLookupOptions): StringLookup<unknown> {
  return new StringLookup(options);
}

/** Its row of the table. */
export const stringLookupRow: LayerRow = defineRow({ id: "string_lookup", create: stringLookup });
