/**
 * A text with what `hasControlCharacters` finds written as `\u009b`, so that a message can show it without a terminal obeying it.
 */
export function escapeControlCharacters(text: string): string {
  return text.replace(
    /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
