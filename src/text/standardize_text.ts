/** What is done to a text before it is cut. */
export type Standardize = "lower_and_strip_punctuation" | "lower" | "strip_punctuation" | null;

/**
 * Lowers letters and takes punctuation out: the 32 signs of ASCII that are neither letters, digits nor space.
 *
 * @param locale whose rules lower all letters; null: those of ASCII alone are, as TensorFlow does it
 */
export function standardizeText(text: string, how: Standardize, locale: string | null): string {
  let result = text;
  if (how === "lower" || how === "lower_and_strip_punctuation") {
    result = locale === null ? lowerAscii(result) : result.toLocaleLowerCase(locale);
  }
  if (how === "strip_punctuation" || how === "lower_and_strip_punctuation") {
    result = result.replace(/[!-/:-@[-`{-~]+/g, "");
  }
  return result;
}

function lowerAscii(text: string): string {
  // Where there are no other letters, the platform's own function does the same, and faster.
  return /[\u0080-\uffff]/.test(text)
    ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
    : text.toLowerCase();
}
