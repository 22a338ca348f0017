import { END } from "./join_tokens.ts";

/**
 * Strings from their bytes in UTF-8, each with the byte 255 behind it.
 *
 * @param refuse makes the error for what they must be
 * @throws what `refuse` gives
 */
export function cutTokens(bytes: Uint8Array, refuse: (rule: string) => Error): readonly string[] {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const tokens: string[] = [];
  if (bytes.at(-1) !== END) throw refuse("must end with the byte 255");
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(END, at);
    try {
      tokens.push(decoder.decode(bytes.subarray(at, end)));
    } catch {
      throw refuse("must be UTF-8");
    }
    at = end + 1;
  }
  return tokens;
}
