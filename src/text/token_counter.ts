import { compareCodePoints } from "./compare_code_points.ts";
import { copyString } from "./copy_string.ts";
import { MOST_CHARACTERS, MOST_TOKENS, type Token } from "./token.ts";

/** Tokens in the order of a vocabulary, and in how many documents each stands. */
export interface RankedTokens<T extends Token> {
  readonly tokens: readonly T[];
  readonly documents: Float64Array;
}

/** Counts tokens, and the documents in which each occurs. What it holds is bounded, however much it is shown. */
export class TokenCounter<T extends Token> {
  /** How many documents there were. */
  documents = 0;
  readonly #slots = new Map<T, number>();
  readonly #what: string;
  readonly #most: number;
  readonly #mostCharacters: number;
  #characters = 0;
  #counts = new Float64Array(1024);
  #documents = new Float64Array(1024);
  /** The number of the last document with the token. */
  #last = new Float64Array(1024);

  /** @param what what is done, for messages */
  constructor(what: string, { most = MOST_TOKENS, mostCharacters = MOST_CHARACTERS } = {}) {
    this.#what = what;
    this.#most = most;
    this.#mostCharacters = mostCharacters;
  }

  /**
   * Counts the tokens of one document.
   *
   * @throws {RangeError} If there are more different ones than fit
   */
  add(tokens: readonly T[]): void {
    const number = ++this.documents;
    for (const token of tokens) {
      const slot = this.#slots.get(token) ?? this.#enter(token);
      this.#counts[slot]++;
      if (this.#last[slot] === number) continue;
      this.#last[slot] = number;
      this.#documents[slot]++;
    }
  }

  #enter(token: T): number {
    const slot = this.#slots.size;
    if (typeof token === "string") this.#characters += token.length;
    if (slot === this.#most || this.#characters > this.#mostCharacters) {
      throw new RangeError(
        `Cannot ${this.#what}: it tells at most ${this.#most} tokens apart, of at most ${this.#mostCharacters} characters together, got more; ` +
          "adapt it to a part of the data, or give it a vocabulary",
      );
    }
    if (slot === this.#counts.length) {
      const grow = (old: Float64Array): Float64Array<ArrayBuffer> => {
        const next = new Float64Array(2 * old.length);
        next.set(old);
        return next;
      };
      [this.#counts, this.#documents, this.#last] = [grow(this.#counts), grow(this.#documents), grow(this.#last)];
    }
    this.#slots.set(typeof token === "string" ? copyString(token) as T : token, slot);
    return slot;
  }

  /**
   * The tokens by their counts, the most frequent first; of equal counts the one that comes last in the order of code points, or of numbers,
   * comes first, as in Keras.
   *
   * @param without tokens that are left out
   * @param most how many are wanted; null: all
   */
  rank(without: readonly (T | null)[], most: number | null): RankedTokens<T> {
    for (const token of without) if (token !== null) this.#slots.delete(token);
    const entries = [...this.#slots].sort(([a, i], [b, j]) => this.#counts[j] - this.#counts[i] || compare(b, a));
    const kept = most === null ? entries : entries.slice(0, most);
    return {
      tokens: kept.map(([token]) => token),
      documents: Float64Array.from(kept, ([, slot]) => this.#documents[slot]),
    };
  }
}

function compare(a: Token, b: Token): number {
  return typeof a === "string" ? compareCodePoints(a, b as string) : a - (b as number);
}
