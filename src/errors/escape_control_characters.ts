/**
 * A text with what `hasControlCharacters` finds written as `\u009b`, so that a message can show it without a terminal obeying it.
 */
export function escapeControlCharacters(text: string): string {
  return text.replace(
    // deno-lint-ignore no-control-regex
    /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
