/**
 * The bytes of a module from its text in hexadecimal, which gzip packs better than base64.
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

function fromHex(text: string): Uint8Array<ArrayBuffer> {
  const native = (Uint8Array as unknown as { fromHex?: (text: string) => Uint8Array<ArrayBuffer> }).fromHex;
  if (native !== undefined) return native.call(Uint8Array, text);
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}
