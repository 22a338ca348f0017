import { describeValue } from "../errors/describe_value.ts";
import { copyString } from "./copy_string.ts";
import { Lookup, type LookupSettings, startOf } from "./lookup.ts";
import { MOST_CHARACTERS, MOST_TOKENS, type Token } from "./token.ts";

/** What a vocabulary is read for. */
export interface VocabularyUse<T extends Token> {
  /** What is being done, as a verb phrase. */
  readonly what: string;
  readonly settings: LookupSettings<T>;
  readonly kind: "string" | "int64";
  /** Whether indices are turned into tokens, so that the token for all others must be none of them. */
  readonly invert: boolean;
}

/**
 * Reads a vocabulary that a user gave: with the mask and what stands for unknown tokens in front, or without.
 *
 * @param idfWeights for `tf_idf` one number for each entry
 * @throws {TypeError} If it is no list of different tokens, or weights are missing; RangeError if there are too many
 */
export function readVocabulary<T extends Token>(
  { what, settings, kind, invert }: VocabularyUse<T>,
  vocabulary: unknown,
  idfWeights: unknown,
): Lookup<T> {
  const { maskToken, oovToken, numOovIndices, outputMode, maxTokens } = settings;
  const rule = `vocabulary must be a non-empty array of different ${kind === "string" ? "strings" : "integers"}`;
  if (!Array.isArray(vocabulary) || vocabulary.length === 0) {
    throw new TypeError(`Cannot ${what}: ${rule}, got ${describeValue(vocabulary)}`);
  }
  const start = startOf(settings);
  const all = readTokens<T>(vocabulary, kind, (found) => new TypeError(`Cannot ${what}: ${rule}, got ${found}`));
  const special = [
    ...Array<T | null>(start - numOovIndices).fill(maskToken),
    ...Array<T>(numOovIndices).fill(oovToken),
  ];
  const hasSpecial = special.every((token, i) => all[i] === token);
  const tokens = hasSpecial ? all.slice(start) : all;
  const known = new Set<T>();
  for (const token of tokens) {
    if (known.has(token)) throw new TypeError(`Cannot ${what}: ${rule}, got ${describeValue(token)} twice`);
    if (token === maskToken || invert && token === oovToken) {
      throw new TypeError(
        `Cannot ${what}: vocabulary may have the mask and unknown tokens at its beginning only, all of them, ` +
          `${describeValue(special)}, got ${describeValue(token)} elsewhere`,
      );
    }
    known.add(token);
  }
  const size = start + tokens.length;
  if (maxTokens !== null && size > maxTokens) {
    throw new RangeError(`Cannot ${what}: vocabulary must have at most maxTokens (${maxTokens}) entries, got ${size}`);
  }
  if (outputMode !== "tf_idf") {
    if (idfWeights === undefined || idfWeights === null) return new Lookup(settings, tokens, null);
    throw new TypeError(`Cannot ${what}: idfWeights go with outputMode "tf_idf" only, got "${outputMode}"`);
  }
  return new Lookup(settings, tokens, readWeights(what, idfWeights, all.length, hasSpecial ? 0 : start));
}

function readTokens<T extends Token>(
  given: readonly unknown[],
  kind: "string" | "int64",
  refuse: (found: string) => Error,
): readonly T[] {
  if (given.length > MOST_TOKENS) throw refuse(`${given.length}, more than ${MOST_TOKENS}`);
  let characters = 0;
  return given.map((token, i) => {
    if (kind === "int64" && Number.isSafeInteger(token)) return token as T;
    if (kind === "string" && typeof token === "string") {
      characters += token.length;
      if (characters > MOST_CHARACTERS) throw refuse(`more than ${MOST_CHARACTERS} characters`);
      return copyString(token.toWellFormed()) as T;
    }
    throw refuse(`${describeValue(token)} at ${i}`);
  });
}

/** Weights for all indices: those in front that were not given have the mean of those that were. */
function readWeights(what: string, given: unknown, count: number, missing: number): Float32Array {
  const isList = Array.isArray(given) || ArrayBuffer.isView(given) && !(given instanceof DataView);
  const weights: unknown[] = isList ? Array.from(given as unknown as ArrayLike<unknown>) : [];
  const isGood = weights.every((weight) => typeof weight === "number" && Number.isFinite(Math.fround(weight)));
  if (!isList || weights.length !== count || !isGood) {
    throw new TypeError(
      `Cannot ${what}: with outputMode "tf_idf" idfWeights must be ${count} finite numbers, one for each entry of the vocabulary, got ${
        describeValue(given)
      }`,
    );
  }
  return padWeights(weights as number[], missing);
}

/** Weights with the mean of all in front, as often as there are unknown tokens. */
export function padWeights(weights: readonly number[], front: number): Float32Array {
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  return Float32Array.from([...Array<number>(front).fill(mean), ...weights]);
}
