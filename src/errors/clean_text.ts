/**
 * Text that is safe to print in one line of a terminal: control characters become `?`, long text is cut.
 *
 * @param text Any text, such as the label of a class from a file.
 * @param most The most characters to keep.
 * @returns The text.
 */
export function cleanText(text: string, most = 30): string {
  const characters = Array.from(text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "?"));
  return characters.length <= most ? characters.join("") : `${characters.slice(0, most - 1).join("")}…`;
}
