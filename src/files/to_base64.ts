/** Bytes that are turned into text at a time: engines limit how many arguments a call may have. */
const CHUNK_BYTES = 8190;

/** Bytes as base64. `Uint8Array.prototype.toBase64` where there is one; Node has none before version 25. */
export function toBase64(bytes: Uint8Array): string {
  const native = (bytes as { toBase64?: () => string }).toBase64;
  if (native !== undefined) return native.call(bytes);
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + CHUNK_BYTES)));
  }
  return text;
}
