/** The buffers of all arrays in a reply: they are handed over instead of copied. */
export function listTransfers(value: unknown, found: Set<ArrayBuffer> = new Set()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (typeof value === "object" && value !== null) {
    for (const each of Object.values(value)) listTransfers(each, found);
  }
  return [...found];
}
