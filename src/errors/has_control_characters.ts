/**
 * Whether a text has characters that a terminal takes for commands, or that turn the order of what follows: U+0000 to U+001F, U+007F to
 * U+009F, line and paragraph separators, and the marks that embed or override a direction.
 */
export function hasControlCharacters(text: string): boolean {
  return /[\p{Cc}\u2028-\u202e\u2066-\u2069]/u.test(text);
}
