import { assertLittleEndian } from "./assert_little_endian.ts";
import { countTensorBytes } from "./count_tensor_bytes.ts";
import type { NamedTensor } from "./named_tensor.ts";
import { quoteName } from "./quote_name.ts";
import { readSafetensors } from "./read_safetensors.ts";
import { SAFETENSORS_DTYPES } from "./safetensors_dtypes.ts";

export type { NamedTensor } from "./named_tensor.ts";

const TASK = "Cannot write safetensors file";
/** Data begin at a multiple of this: a cache line. The format allows any number of spaces after the header. */
const ALIGNMENT_BYTES = 64;

/**
 * Makes the bytes of a safetensors file from tensors and free text.
 *
 * The data stand in order of falling element size, and as given among equals, so that every tensor is aligned to its
 * type (the format allows no padding between tensors). The first begins at a multiple of 64 bytes. Equal arguments
 * give equal bytes. Without metadata, the file has no `__metadata__`.
 *
 * The header of the result is read back before it is returned, so what is written here can be read again.
 *
 * Throws a `TypeError` for data that do not match dtype and shape or text that is not a string, a `RangeError` for a
 * name that stands twice, is `__metadata__` or is not well-formed, an unknown dtype, an axis that is not an integer
 * >= 0, and for a header of over 100 MB.
 *
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readSafetensors } from "./read_safetensors.ts";
 *
 * const kernel = { name: "kernel", dtype: "F32", shape: [2, 1], data: Float32Array.of(1, 2) } as const;
 * const bytes = writeSafetensors([kernel], { author: "me" });
 * assertEquals(readSafetensors(bytes).tensors.get("kernel"), kernel);
 * ```
 *
 * Source: https://github.com/huggingface/safetensors#format
 */
export function writeSafetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  assertLittleEndian();
  checkTensors(tensors);
  const sorted = tensors.toSorted((a, b) => SAFETENSORS_DTYPES[b.dtype].bits - SAFETENSORS_DTYPES[a.dtype].bits);
  const header = new TextEncoder().encode(formatHeader(sorted, metadata));
  const dataStart = Math.ceil((8 + header.length) / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
  const dataBytes = sorted.reduce((sum, tensor) => sum + tensor.data.byteLength, 0);
  const bytes = new Uint8Array(dataStart + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(dataStart - 8), true);
  bytes.set(header, 8);
  bytes.fill(0x20, 8 + header.length, dataStart);
  let offset = dataStart;
  for (const { data } of sorted) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  try {
    readSafetensors(bytes);
  } catch (cause) {
    throw new RangeError(`${TASK}: the result must be readable, got: ${(cause as Error).message}`, { cause });
  }
  return bytes;
}

function formatHeader(tensors: readonly NamedTensor[], metadata: Readonly<Record<string, string>>): string {
  const items: string[] = [];
  const texts = Object.entries(metadata).map(([key, text]) => {
    if (typeof text !== "string") {
      throw new TypeError(`${TASK}: metadata ${quoteName(key)} must be a string, got ${typeof text}`);
    }
    return `${formatText(key)}:${formatText(text)}`;
  });
  if (texts.length > 0) items.push(`"__metadata__":{${texts.join(",")}}`);
  let begin = 0;
  for (const { name, dtype, shape, data } of tensors) {
    const end = begin + data.byteLength;
    items.push(`${formatText(name)}:{"dtype":"${dtype}","shape":[${shape}],"data_offsets":[${begin},${end}]}`);
    begin = end;
  }
  return `{${items.join(",")}}`;
}

function formatText(text: string): string {
  if (text.isWellFormed()) return JSON.stringify(text);
  throw new RangeError(`${TASK}: text must be well-formed Unicode, got ${quoteName(text)}`);
}

function checkTensors(tensors: readonly NamedTensor[]): void {
  const names = new Set<string>(["__metadata__"]);
  for (const { name, dtype, shape, data } of tensors) {
    if (typeof name !== "string") throw new TypeError(`${TASK}: a tensor's name must be a string, got ${typeof name}`);
    const place = `${TASK}: tensor ${quoteName(name)}`;
    if (names.has(name)) throw new RangeError(`${place}: the name must be unique and not "__metadata__"`);
    names.add(name);
    if (!Object.hasOwn(SAFETENSORS_DTYPES, dtype)) {
      const known = Object.keys(SAFETENSORS_DTYPES).join(", ");
      throw new RangeError(`${place}: dtype must be one of ${known}, got ${quoteName(String(dtype))}`);
    }
    if (!shape.every((length) => Number.isSafeInteger(length) && length >= 0)) {
      throw new RangeError(`${place}: shape must be integers >= 0, got [${shape}]`);
    }
    if (!ArrayBuffer.isView(data)) throw new TypeError(`${place}: data must be a typed array, got ${typeof data}`);
    const size = countTensorBytes(dtype, shape);
    if (size !== data.byteLength) {
      throw new TypeError(
        `${place}: data must have the ${size ?? "(too many)"} bytes of shape [${shape}] and dtype ${dtype}, ` +
          `got ${data.byteLength}`,
      );
    }
  }
}
