import type { TokenIndex } from "./encode_tokens.ts";
import { hashToken } from "./hash_token.ts";
import type { OutputMode } from "./output_mode.ts";
import type { Token } from "./token.ts";

/** How tokens get their indices. */
export interface LookupSettings<T extends Token> {
  /** The most indices that there are; null: as many as it takes. */
  readonly maxTokens: number | null;
  /** How many indices stand for tokens that are not in the vocabulary; with 0 there must be none. */
  readonly numOovIndices: number;
  /** The token that stands for nothing; null: none does. */
  readonly maskToken: T | null;
  /** What stands in a vocabulary for tokens that are not in it. */
  readonly oovToken: T;
  readonly outputMode: OutputMode;
  /** Whether vectors have `maxTokens` elements however many tokens there are. */
  readonly padToMaxTokens: boolean;
  /** How an integer finds its index where several stand for what is not in the vocabulary. */
  readonly oovMethod: "floormod" | "farmhash";
}

/** A vocabulary: tokens with their indices. First comes the mask, for indices alone; then what is not in the vocabulary; then the tokens. */
export class Lookup<T extends Token> implements TokenIndex<T> {
  readonly settings: LookupSettings<T>;
  readonly tokens: readonly T[];
  /** What counts are multiplied by for `tf_idf`, one for each index; else null. */
  readonly idfWeights: Float32Array | null;
  readonly #indices: ReadonlyMap<T, number>;
  readonly #start: number;

  constructor(settings: LookupSettings<T>, tokens: readonly T[], idfWeights: Float32Array | null) {
    this.settings = settings;
    this.tokens = tokens;
    this.idfWeights = idfWeights;
    const start = startOf(settings);
    this.#start = start;
    this.#indices = new Map(tokens.map((token, i) => [token, start + i]));
  }

  /** How many indices there are. */
  get size(): number {
    return this.#start + this.tokens.length;
  }

  /** The length of a vector. */
  get depth(): number {
    const { padToMaxTokens, maxTokens } = this.settings;
    return padToMaxTokens ? maxTokens! : this.size;
  }

  /** The index of a token; −1 for the mask where vectors are made. @throws {RangeError} If it must have one and has none */
  indexOf(token: T): number {
    const index = this.#indices.get(token);
    if (index !== undefined) return index;
    const { maskToken, outputMode, numOovIndices, oovMethod } = this.settings;
    if (token === maskToken) return outputMode === "int" ? 0 : -1;
    const first = this.#start - numOovIndices;
    if (numOovIndices === 1) return first;
    if (numOovIndices === 0) {
      throw new RangeError(
        `Cannot encode data: with numOovIndices 0 every token must be in the vocabulary, got ${
          JSON.stringify(typeof token === "string" ? token.slice(0, 40) : token)
        }`,
      );
    }
    if (typeof token === "string" || oovMethod === "farmhash") return first + hashToken(token, numOovIndices);
    const rest = token as number % numOovIndices;
    return first + (rest < 0 ? rest + numOovIndices : rest);
  }

  /** All tokens by their indices: the mask and what stands for unknown tokens, then the others. */
  get vocabulary(): readonly T[] {
    const special = Array.from({ length: this.#start }, (_, index) => this.tokenAt(index));
    return [...special, ...this.tokens];
  }

  /** The token with an index; what stands for those that are not in the vocabulary, for any other one. */
  tokenAt(index: number): T {
    const { maskToken, oovToken, outputMode } = this.settings;
    if (index === 0 && maskToken !== null && outputMode === "int") return maskToken;
    return this.tokens[index - this.#start] ?? oovToken;
  }
}

/** The index of the first token. */
export function startOf<T extends Token>({ maskToken, numOovIndices, outputMode }: LookupSettings<T>): number {
  return numOovIndices + (maskToken !== null && outputMode === "int" ? 1 : 0);
}
