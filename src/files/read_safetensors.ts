import { assertLittleEndian } from "./assert_little_endian.ts";
import { checkDataOffsets } from "./check_data_offsets.ts";
import { countTensorBytes } from "./count_tensor_bytes.ts";
import { FileFormatError } from "./file_format_error.ts";
import { MemoryBudget } from "./memory_budget.ts";
import type { NamedTensor } from "./named_tensor.ts";
import { parseSafetensorsHeader, type TensorEntry } from "./parse_safetensors_header.ts";
import { quoteName } from "./quote_name.ts";
import type { SafetensorsContent } from "./safetensors_content.ts";
import { SAFETENSORS_DTYPES, type SafetensorsDtypeRow } from "./safetensors_dtypes.ts";

export type { SafetensorsContent } from "./safetensors_content.ts";

const TASK = "Cannot read safetensors file";
const MEBIBYTE = 2 ** 20;
/** The limit that the reference implementation sets, in bytes. */
const MAX_HEADER_BYTES = 100_000_000;
/** What V8 needs for the objects of one tensor beside its name: measured, and rounded up. */
const TENSOR_BYTES = 480;
const AXIS_BYTES = 8;
/** The same for the buffer of a copy, beside its content. */
const COPY_BYTES = 512;
/** What the first call needs beside: compiled code and small objects. */
const READER_BYTES = 2 ** 18;

/**
 * Reads a safetensors file from its bytes.
 *
 * The data of the tensors are views of `bytes` where the alignment of their type allows it, and copies otherwise
 * (files of {@link writeSafetensors} need no copy when `bytes` begins at a multiple of 8 in its buffer).
 * Nothing is allocated before it is known to fit: reading takes at most the size of the file plus 1 MiB. A file of
 * thousands of tensors of a few bytes each can pass that limit and is refused.
 *
 * Names such as `__proto__` are plain names: they are keys of a `Map` only.
 *
 * Throws a {@link FileFormatError} for a file that is cut short, has a header of over 100 MB, invalid UTF-8 or JSON,
 * a key twice, an unknown dtype, a shape that does not match its data, overlapping tensors or holes, and a `TypeError`
 * when `bytes` is not a Uint8Array.
 *
 * Source: https://github.com/huggingface/safetensors#format
 */
export function readSafetensors(bytes: Uint8Array): SafetensorsContent {
  if (!(bytes instanceof Uint8Array)) throw new TypeError(`${TASK}: bytes must be a Uint8Array, got ${typeof bytes}`);
  assertLittleEndian();
  const headerBytes = readHeaderLength(bytes);
  const dataStart = 8 + headerBytes;
  const dataBytes = bytes.byteLength - dataStart;
  const budget = new MemoryBudget(bytes.byteLength + MEBIBYTE, TASK);
  budget.spend(READER_BYTES, "the reader itself");
  const text = decodeHeader(bytes.subarray(8, dataStart), budget);
  const content: SafetensorsContent = { tensors: new Map(), metadata: new Map() };
  const begins: number[] = [];
  let claimedBytes = 0;
  parseSafetensorsHeader(text, budget, content, (entry) => {
    budget.spend(TENSOR_BYTES + AXIS_BYTES * entry.shape.length, "the list of tensors");
    claimedBytes += checkEntry(entry, dataBytes);
    if (claimedBytes > dataBytes) fail(entry, `tensors must not overlap, got ${claimedBytes} bytes of ${dataBytes}`);
    begins.push(entry.begin);
    return openTensor(entry, bytes, dataStart, budget);
  });
  checkDataOffsets(content.tensors, begins, dataBytes, TASK);
  return content;
}

/** Reads the eight bytes at the start: the length of the header, an unsigned little-endian integer. */
function readHeaderLength(bytes: Uint8Array): number {
  const fileBytes = bytes.byteLength;
  if (fileBytes < 8) throw new FileFormatError(`${TASK}: the file must have at least 8 bytes, got ${fileBytes}`);
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > MAX_HEADER_BYTES) {
    throw new FileFormatError(`${TASK}: the header must have at most ${MAX_HEADER_BYTES} bytes, got ${length}`);
  }
  if (length > fileBytes - 8) {
    throw new FileFormatError(
      `${TASK}: the file must be as long as its header says (${length} bytes after the first 8), got ${fileBytes - 8}`,
    );
  }
  return Number(length);
}

function decodeHeader(header: Uint8Array, budget: MemoryBudget): string {
  const shared = typeof SharedArrayBuffer !== "undefined" && header.buffer instanceof SharedArrayBuffer;
  let bits = 0;
  for (let i = 0; i < header.length; i++) bits |= header[i];
  const ascii = bits < 0x80;
  budget.spend(header.length * ((ascii ? 1 : 2) + (shared ? 1 : 0)), "the header");
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return decoder.decode(shared ? new Uint8Array(header) : header as Uint8Array<ArrayBuffer>);
  } catch (cause) {
    throw new FileFormatError(`${TASK}: the header must be valid UTF-8, got other bytes`, { cause });
  }
}

/** Checks the offsets of one tensor against the file and its shape; returns its size in bytes. */
function checkEntry(entry: TensorEntry, dataBytes: number): number {
  const { begin, end, dtype, shape } = entry;
  if (begin > end || end > dataBytes) {
    fail(entry, `data_offsets must be 0 <= begin <= end <= ${dataBytes}, got [${begin}, ${end}]`);
  }
  const size = countTensorBytes(dtype, shape);
  if (size === undefined) fail(entry, `shape must give a whole number of bytes below 2^50, got [${shape}] of ${dtype}`);
  if (size !== end - begin) {
    fail(entry, `data must have the ${size} bytes of shape [${shape}] and dtype ${dtype}, got ${end - begin}`);
  }
  return size;
}

function openTensor(entry: TensorEntry, bytes: Uint8Array, dataStart: number, budget: MemoryBudget): NamedTensor {
  const { name, dtype, shape } = entry;
  const { View }: SafetensorsDtypeRow = SAFETENSORS_DTYPES[dtype];
  const size = entry.end - entry.begin;
  const start = dataStart + entry.begin;
  const length = size / View.BYTES_PER_ELEMENT;
  const offset = size === 0 ? 0 : bytes.byteOffset + start;
  if (offset % View.BYTES_PER_ELEMENT === 0) {
    return { name, dtype, shape, data: new View(bytes.buffer, offset, length) };
  }
  budget.spend(COPY_BYTES + size, "copies of unaligned tensors");
  const copy = new Uint8Array(size);
  copy.set(bytes.subarray(start, start + size));
  return { name, dtype, shape, data: new View(copy.buffer, 0, length) };
}

function fail(entry: TensorEntry, ruleAndFound: string): never {
  throw new FileFormatError(`${TASK}: tensor ${quoteName(entry.name)}: ${ruleAndFound}`);
}
