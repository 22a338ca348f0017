import type { NamedTensor } from "../files/named_tensor.ts";
import { cutTokens } from "./cut_tokens.ts";
import { joinTokens } from "./join_tokens.ts";
import type { Lookup } from "./lookup.ts";
import { readVocabulary, type VocabularyUse } from "./read_vocabulary.ts";
import type { Token } from "./token.ts";

/**
 * A vocabulary as tensors, the mask and unknown tokens in front: strings in UTF-8, each with the byte 255 behind it, which UTF-8 never has;
 * integers as such; and the weights of `tf_idf`.
 */
export function saveVocabulary<T extends Token>({ vocabulary: tokens, idfWeights }: Lookup<T>): readonly NamedTensor[] {
  const weights: NamedTensor[] = idfWeights === null
    ? []
    : [{ name: "idf_weights", dtype: "F32", shape: [idfWeights.length], data: idfWeights }];
  if (typeof tokens[0] === "number") {
    const data = BigInt64Array.from(tokens as readonly number[], BigInt);
    return [{ name: "vocabulary", dtype: "I64", shape: [data.length], data }, ...weights];
  }
  const data = joinTokens(tokens);
  return [{ name: "vocabulary", dtype: "U8", shape: [data.length], data }, ...weights];
}

/**
 * Reads what `saveVocabulary` wrote; null if there is no vocabulary.
 *
 * @throws {TypeError} If it is nothing of the kind; RangeError if there are too many tokens
 */
export function readVocabularyState<T extends Token>(
  use: VocabularyUse<T>,
  read: (name: string) => NamedTensor | undefined,
): Lookup<T> | null {
  const { what, kind, settings } = use;
  const find = (name: string, dtype: NamedTensor["dtype"]): NamedTensor => {
    const tensor = read(name);
    if (tensor?.dtype === dtype && tensor.shape.length === 1) return tensor;
    const found = tensor === undefined ? "none" : `${tensor.dtype} [${tensor.shape.join(", ")}]`;
    throw new TypeError(`Cannot ${what}: its tensor ${name} must be ${dtype} with one axis, got ${found}`);
  };
  if (read("vocabulary") === undefined) return null;
  const vocabulary = find("vocabulary", kind === "string" ? "U8" : "I64").data;
  const tokens = kind === "int64"
    ? Array.from(vocabulary as BigInt64Array, Number)
    : cutTokens(vocabulary as Uint8Array, (rule) => new TypeError(`Cannot ${what}: its tensor vocabulary ${rule}`));
  return readVocabulary(use, tokens, settings.outputMode === "tf_idf" ? find("idf_weights", "F32").data : undefined);
}
