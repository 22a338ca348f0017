/** A text as numbers. */
export interface NumberedText {
  /** The characters that occur, in the order of their numbers. */
  readonly alphabet: readonly string[];
  /** The number of every character of the text. */
  readonly numbers: Uint16Array;
}

/** The characters that a model can have, so that any file that is no text is refused. */
const MOST_CHARACTERS = 1000;

/**
 * Numbers the characters of a text, in the order of their code points.
 *
 * @throws {Error} If it is empty, or has more different characters than a model can learn.
 */
export function numberText(text: string): NumberedText {
  const characters = [...text.replace(/\r\n?/g, "\n")];
  const alphabet = [...new Set(characters)].sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!);
  if (alphabet.length < 2 || alphabet.length > MOST_CHARACTERS) {
    throw new Error(`the text must have 2 to ${MOST_CHARACTERS} different characters, got ${alphabet.length}`);
  }
  const index = new Map(alphabet.map((character, i) => [character, i]));
  return { alphabet, numbers: Uint16Array.from(characters, (character) => index.get(character)!) };
}
