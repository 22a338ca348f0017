import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkString } from "../errors/check_string.ts";
import type { OutputMode } from "../text/output_mode.ts";
import { MOST_TOKENS } from "../text/token.ts";

/** The options that all layers with a vocabulary take. */
export interface CommonLookupOptions {
  /** The most indices that there may be, those of the mask and of unknown tokens included; an integer from 2 to 4,194,304. Default null: any number. */
  maxTokens?: number | null;
  /** Whether vectors have `maxTokens` elements however many tokens there are; not with `"int"`. Default false. */
  padToMaxTokens?: boolean;
  /** For `outputMode: "tf_idf"`, with `vocabulary`: one weight for each of its entries. */
  idfWeights?: ArrayLike<number> | null;
}

/** The options that lookups of strings and of integers take. */
export interface LookupOptions<T extends string | number> extends CommonLookupOptions {
  /**
   * How many indices stand for tokens that are not in the vocabulary. With more than 1 the token's hash says which (FarmHash64; see also
   * `oovMethod`). With 0 such a token is an error. Default 1.
   */
  numOovIndices?: number;
  /** The token that stands for nothing: index 0 in `"int"`, left out of vectors. Default null: none does. */
  maskToken?: T | null;
  /** What stands in the vocabulary for tokens that are not in it. Default `"[UNK]"`, of integers −1. */
  oovToken?: T;
  /** The tokens in the order of their indices, instead of `adapt`; the mask and `oovToken` may stand in front. */
  vocabulary?: readonly T[] | null;
  /**
   * Turns indices back into tokens: `transform` takes integers and gives tokens in nested arrays. Not within a model, which computes with numbers
   * alone. Default false.
   */
  invert?: boolean;
  /**
   * What becomes of a sample. `"int"` (default): the index of each token. `"one_hot"`: a vector for each token, along an axis of its own, or in the
   * place of a last axis of length 1. One vector for the tokens along the last axis: `"multi_hot"`, 1 for those that occur; `"count"`, how often;
   * `"tf_idf"`, how often times the weight.
   */
  outputMode?: OutputMode;
}

/** Reads the options that all layers with a vocabulary take. @throws {TypeError | RangeError} If one is wrong */
export function readCommon(
  what: string,
  options: CommonLookupOptions & { readonly outputMode?: OutputMode },
  modes: readonly OutputMode[],
): { readonly maxTokens: number | null; readonly padToMaxTokens: boolean; readonly outputMode: OutputMode } {
  const maxTokens = options.maxTokens ?? null;
  if (maxTokens !== null) checkInteger(what, "maxTokens", maxTokens, { min: 2, max: MOST_TOKENS });
  const padToMaxTokens = checkBoolean(what, "padToMaxTokens", options.padToMaxTokens ?? false);
  if (padToMaxTokens && maxTokens === null) throw new TypeError(`Cannot ${what}: padToMaxTokens needs maxTokens`);
  const outputMode = checkString(what, "outputMode", options.outputMode ?? "int", modes);
  return { maxTokens, padToMaxTokens, outputMode };
}
