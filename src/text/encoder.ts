import type { OpenShape } from "../tensor/open_shape.ts";
import type { RawTensor } from "../tensor/raw_tensor.ts";
import { encodeTexts } from "./encode_texts.ts";
import { type Encoded, encodeTokens, type TokenIndex } from "./encode_tokens.ts";
import { hashBins, type HashSettings } from "./hash_bins.ts";
import type { Lookup, LookupSettings } from "./lookup.ts";
import type { OutputMode } from "./output_mode.ts";
import { shapeOfMode } from "./shape_of_mode.ts";
import type { Token } from "./token.ts";
import { Tokenizer, type TokenizerSettings } from "./tokenizer.ts";

/** How strings, or integers, become numbers: plain data, but for the vocabulary. */
export interface EncoderSettings {
  readonly dtype: "string" | "int64";
  readonly outputMode: OutputMode;
  /** How texts are cut; null: values are tokens as they are. */
  readonly tokenizer: TokenizerSettings | null;
  /** How many indices a text has; null: as many as it takes, or in another mode. */
  readonly length: number | null;
  /** How tokens get their indices from a vocabulary; null: from hashes. */
  readonly lookup: Omit<LookupSettings<Token>, "outputMode"> | null;
  readonly hash: HashSettings | null;
}

/** Makes numbers of strings or integers. */
export interface Encoder {
  /** The numbers of samples. */
  encode(x: RawTensor): Encoded;
  /** The shape of the numbers of one sample. */
  shapeOf(sample: OpenShape): OpenShape;
}

/**
 * What makes numbers of values as settings say.
 *
 * @param vocabulary the vocabulary, where there is a lookup
 */
export function createEncoder(settings: EncoderSettings, vocabulary: Lookup<Token> | null): Encoder {
  const { outputMode: mode, length } = settings;
  const index: TokenIndex<Token> = vocabulary ?? hashBins(settings.hash!);
  if (settings.tokenizer === null) {
    return {
      encode: (x) => encodeTokens(x, index, mode),
      shapeOf: (sample) => shapeOfMode(mode, sample, () => index.depth),
    };
  }
  const tokenizer = new Tokenizer(settings.tokenizer);
  return {
    encode: (x) => encodeTexts(x, tokenizer, index, mode, length),
    shapeOf: () => [mode === "int" ? length : index.depth],
  };
}
