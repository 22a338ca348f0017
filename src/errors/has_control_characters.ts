/**
 * Whether a text has characters that a terminal takes for commands, or that turn the order of what follows: U+0000 to U+001F, U+007F to
 * U+009F, line and paragraph separators, and the marks that embed or override a direction.
 */
export function hasControlCharacters(text: string): boolean {
  // deno-lint-ignore no-control-regex
  return /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/.test(text);
}
