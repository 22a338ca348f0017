import { escapeControlCharacters } from "../errors/escape_control_characters.ts";

/** A name from a file, fit for a message: in quotes, escaped, cut after 80 characters. */
export function quoteName(name: string): string {
  const quoted = escapeControlCharacters(JSON.stringify(name.slice(0, 80)));
  return name.length <= 80 ? quoted : `${quoted} … (${name.length} characters)`;
}
