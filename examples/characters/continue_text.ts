import { drawIndex } from "./draw_index.ts";

/** A model that has read a text, and reads one more character a step: the library's stepper and that of the edge are such. */
export interface Reader {
  /** Takes the number of a character and gives the shares of those that may come next. */
  step(character: number): ArrayLike<number>;
  /** Forgets what it has read. */
  reset(): void;
}

/** What is to be written. */
export interface Writing {
  /** The characters in the order of their numbers. */
  readonly alphabet: readonly string[];
  /** What is read first. Characters that are not in the alphabet are left out; at least one must be. */
  readonly start: string;
  /** How many characters are written. */
  readonly count: number;
  /** See `drawIndex`. */
  readonly temperature: number;
  readonly random: () => number;
}

/**
 * Continues a text character by character: each is drawn with the shares that the model gives, and is read in its turn.
 *
 * @returns What comes behind `start`.
 * @throws {RangeError} If the model knows no character of `start`.
 */
export function* continueText(reader: Reader, { alphabet, start, count, temperature, random }: Writing) {
  const known = [...start].map((character) => alphabet.indexOf(character)).filter((index) => index >= 0);
  if (known.length === 0) {
    throw new RangeError(`the text must begin with a character that the model knows, got "${start}"`);
  }
  reader.reset();
  let shares: ArrayLike<number> = [];
  for (const index of known) shares = reader.step(index);
  for (let i = 0; i < count; i++) {
    const index = drawIndex(shares, temperature, random);
    yield alphabet[index];
    shares = reader.step(index);
  }
}
