import type { RawTensor } from "../tensor/raw_tensor.ts";
import { encodeRows } from "./encode_rows.ts";
import type { Encoded, TokenIndex } from "./encode_tokens.ts";
import type { OutputMode } from "./output_mode.ts";
import { samplesOf } from "./samples_of.ts";
import type { Tokenizer } from "./tokenizer.ts";

/**
 * The numbers of samples that are cut into tokens.
 *
 * @param given how many indices a sample has; null: as many as the longest of these, at least one
 */
export function encodeTexts(
  x: RawTensor,
  tokenizer: Tokenizer,
  index: TokenIndex<string>,
  mode: OutputMode,
  given: number | null,
): Encoded {
  const { depth, idfWeights } = index;
  const [count] = x.shape;
  const rows = Array.from(samplesOf<string>(x), (texts) => {
    return tokenizer.tokenize(texts, given ?? Infinity).map((token) => index.indexOf(token));
  });
  const length = given ?? rows.reduce((longest, tokens) => Math.max(longest, tokens.length), 1);
  const data = encodeRows(rows, { mode, count, length, depth, idfWeights });
  return { data, shape: [count, mode === "int" ? length : depth] };
}
