import { FileFormatError } from "./file_format_error.ts";
import { xxh32 } from "./xxh32.ts";

/** The key of the metadata under which the checksum stands: eight hexadecimal digits. */
export const CHECKSUM_KEY = "retroprop_checksum";

/** Characters of text that are hashed at a time. */
const CHUNK = 1 << 14;

/** A tensor as the checksum sees it. */
export interface HashedTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: ArrayBufferView;
}

/**
 * The checksum of a description and the tensors that it goes with: of the text, of every tensor's name, type and shape, in the order of
 * the names, and of their bytes. So it stays the same where another program writes the same things in another order.
 */
export function checksumOf(description: string, tensors: ReadonlyMap<string, HashedTensor>): string {
  const encoder = new TextEncoder();
  let hash = 0;
  const add = (text: string): void => {
    for (let at = 0; at < text.length; at += CHUNK) hash = xxh32(encoder.encode(text.slice(at, at + CHUNK)), hash);
  };
  add(description);
  for (const name of [...tensors.keys()].sort()) {
    const { dtype, shape, data } = tensors.get(name)!;
    add(`${name} ${dtype} ${shape}`);
    hash = xxh32(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), hash);
  }
  return hash.toString(16).padStart(8, "0");
}

/**
 * Compares a file with the checksum in its metadata; files of earlier versions have none.
 *
 * @throws FileFormatError if it is another one
 */
export function checkChecksum(
  expected: unknown,
  description: string,
  tensors: ReadonlyMap<string, HashedTensor>,
  task: string,
): void {
  if (expected === undefined || expected === checksumOf(description, tensors)) return;
  throw new FileFormatError(
    `${task}: it is damaged: its content must have its checksum; if it was changed on purpose, take "${CHECKSUM_KEY}" out ` +
      "of its metadata",
  );
}
