/** The bytes of a file with this header text, by default of its own length, and these data bytes. */
export function buildFile(header: string | Uint8Array, data: number | Uint8Array = 0, length?: bigint): Uint8Array {
  const text = typeof header === "string" ? new TextEncoder().encode(header) : header;
  const tail = typeof data === "number" ? new Uint8Array(data).map((_, index) => index) : data;
  const bytes = new Uint8Array(8 + text.length + tail.length);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(tail, 8 + text.length);
  return bytes;
}

/** The header text of one tensor, with parts replaced by other JSON. */
export function describeTensor(parts: { dtype?: string; shape?: string; offsets?: string } = {}): string {
  return `{"dtype":${parts.dtype ?? '"F32"'},"shape":${parts.shape ?? "[2]"},"data_offsets":${
    parts.offsets ?? "[0,8]"
  }}`;
}
