import { fromHex } from "./from_hex.ts";

/**
 * The bytes of a module from its text in hexadecimal.
 *
 * @param delta what makes it another module: `keep,skip,insert` for every change, joined by `;`. Bytes to keep and to skip are counted in
 *   base 36, those to insert are hexadecimal. What is behind the last change is kept
 */
export function unpackModule(text: string, delta: string | null = null): Uint8Array<ArrayBuffer> {
  if (delta === null) return fromHex(text);
  let hex = "";
  let at = 0;
  for (const change of delta.split(";")) {
    const [keep, skip, insert] = change.split(",");
    const end = at + 2 * parseInt(keep, 36);
    hex += text.slice(at, end) + insert;
    at = end + 2 * parseInt(skip, 36);
  }
  return fromHex(hex + text.slice(at));
}
