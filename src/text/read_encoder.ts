import { cutTokens } from "./cut_tokens.ts";
import { createEncoder, type Encoder, type EncoderSettings } from "./encoder.ts";
import type { HashSettings } from "./hash_bins.ts";
import { Lookup, startOf } from "./lookup.ts";
import { OUTPUT_MODES } from "./output_mode.ts";
import { MOST_TOKENS, type Token } from "./token.ts";
import type { TokenizerSettings } from "./tokenizer.ts";

/** The tensors of an encoder in a compiled file. */
export interface EncoderTensors {
  /** The vocabulary, the mask and unknown tokens in front: each token in UTF-8, integers as decimals, with the byte 255 behind it. */
  readonly vocabulary: Uint8Array | null;
  /** What counts are multiplied by for `tf_idf`. */
  readonly idfWeights: Float32Array | null;
}

type Fields = Readonly<Record<string, unknown>>;
type Refuse = (rule: string) => never;

const WAYS: readonly unknown[] = ["lower_and_strip_punctuation", "lower", "strip_punctuation", null];
const SPLITS: readonly unknown[] = ["whitespace", "character", "word", null];

/**
 * Reads an encoder from a compiled file, which is not trusted: every setting is checked, and bounds what it may take.
 *
 * @param refuse throws the error for what it must be
 * @throws what `refuse` throws
 */
export function readEncoder(
  given: unknown,
  { vocabulary, idfWeights }: EncoderTensors,
  refuse: Refuse,
): { readonly settings: EncoderSettings; readonly encoder: Encoder } {
  const { dtype, outputMode, tokenizer, length, lookup, hash, ...rest } = objectOf(given, "encoder", refuse);
  const isGood = (dtype === "string" || dtype === "int64") &&
    (OUTPUT_MODES as readonly unknown[]).includes(outputMode) &&
    Object.keys(rest).length === 0 && (length === null || isInteger(length, 1, 1 << 24)) &&
    (lookup === null) !== (hash === null) && (tokenizer === null || lookup !== null && dtype === "string");
  if (!isGood) refuse("encoder must have dtype, outputMode, length, tokenizer, and either lookup or hash");
  const isKind = (token: unknown): token is Token =>
    dtype === "string" ? typeof token === "string" : Number.isSafeInteger(token);
  const settings = {
    dtype,
    outputMode,
    length,
    tokenizer: tokenizer === null ? null : readTokenizer(tokenizer, refuse),
    lookup: lookup === null ? null : readLookup(lookup, isKind, refuse),
    hash: hash === null ? null : readHash(hash, refuse),
  } as EncoderSettings;
  if (settings.lookup === null) return { settings, encoder: createEncoder(settings, null) };
  const known = { ...settings.lookup, outputMode: settings.outputMode };
  const front = startOf(known);
  if (vocabulary === null) refuse("encoder must have a vocabulary");
  const cut = cutTokens(vocabulary, (rule) => refuse(`vocabulary ${rule}`));
  const tokens = (dtype === "string" ? cut : cut.map(Number)).slice(front);
  const size = front + tokens.length;
  const most = known.maxTokens ?? MOST_TOKENS;
  const isWeighted = outputMode === "tf_idf";
  const areTokens = tokens.length > 0 && tokens.every(isKind) && new Set<Token>(tokens).size === tokens.length;
  if (
    !areTokens || cut.length !== size || size > most ||
    isWeighted !== (idfWeights?.length === size && idfWeights.every(Number.isFinite))
  ) {
    refuse(`vocabulary must have different tokens, at most ${most}, and weights for tf_idf`);
  }
  const found = new Lookup<Token>(known, tokens, isWeighted ? idfWeights : null);
  return { settings, encoder: createEncoder(settings, found) };
}

function isLocale(locale: unknown): boolean {
  try {
    return typeof locale === "string" && locale.length <= 100 && Intl.getCanonicalLocales(locale).length === 1;
  } catch {
    return false;
  }
}

function readTokenizer(given: unknown, refuse: Refuse): TokenizerSettings {
  const { standardize, split, ngrams, locale, ...rest } = objectOf(given, "tokenizer", refuse);
  const areWidths = ngrams === null ||
    Array.isArray(ngrams) && ngrams.length > 0 && ngrams.length <= 16 &&
      ngrams.every((width) => isInteger(width, 1, 16));
  const isGood = WAYS.includes(standardize) && SPLITS.includes(split) && areWidths && Object.keys(rest).length === 0 &&
    (locale === null || isLocale(locale));
  if (!isGood) refuse("tokenizer must have standardize, split, ngrams and locale");
  return { standardize, split, ngrams, locale } as TokenizerSettings;
}

function readLookup(
  given: unknown,
  isKind: (token: unknown) => boolean,
  refuse: Refuse,
): EncoderSettings["lookup"] {
  const { maxTokens, numOovIndices, maskToken, oovToken, padToMaxTokens, oovMethod, ...rest } = objectOf(
    given,
    "lookup",
    refuse,
  );
  const isGood = (maxTokens === null ? padToMaxTokens === false : isInteger(maxTokens, 2, MOST_TOKENS)) &&
    isInteger(numOovIndices, 0, 1 << 20) && (maskToken === null || isKind(maskToken)) && isKind(oovToken) &&
    typeof padToMaxTokens === "boolean" && (oovMethod === "floormod" || oovMethod === "farmhash") &&
    Object.keys(rest).length === 0;
  if (!isGood) refuse("lookup must have maxTokens, numOovIndices, maskToken, oovToken, padToMaxTokens and oovMethod");
  return { maxTokens, numOovIndices, maskToken, oovToken, padToMaxTokens, oovMethod } as EncoderSettings["lookup"];
}

function readHash(given: unknown, refuse: Refuse): HashSettings {
  const { numBins, maskValue, salt, ...rest } = objectOf(given, "hash", refuse);
  const isSalt = salt === null || Array.isArray(salt) && salt.length === 2 &&
      salt.every((key) => isInteger(key, 0, Number.MAX_SAFE_INTEGER));
  const isMask = maskValue === null || typeof maskValue === "string" || Number.isSafeInteger(maskValue);
  if (!isInteger(numBins, 1, 1 << 24) || !isMask || !isSalt || Object.keys(rest).length > 0) {
    refuse("hash must have numBins, maskValue and salt");
  }
  return { numBins, maskValue, salt } as HashSettings;
}

function objectOf(given: unknown, name: string, refuse: Refuse): Fields {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return refuse(`${name} must be an object`);
  return given as Fields;
}

function isInteger(value: unknown, min: number, max: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max;
}
