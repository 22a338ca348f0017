import { FileFormatError } from "../files/file_format_error.ts";

/** A model in the middle of its training. */
export interface Backup {
  /** The epoch to go on with, from 0. */
  readonly epoch: number;
  /** How many of its batches are done. */
  readonly batch: number;
  /** The model with its training state, as `toBytes` gives it. */
  readonly model: Uint8Array;
}

const MAGIC = "RPBACKUP";
const VERSION = 1;
const HEADER_BYTES = 24;

/**
 * Writes a backup as bytes: `RPBACKUP`, then version, epoch, batch and 0 as little-endian 32-bit integers, then the model.
 *
 * @param backup Epoch, batch and model.
 * @returns The bytes of the file.
 */
export function encodeBackup(backup: Backup): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + backup.model.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < MAGIC.length; i++) bytes[i] = MAGIC.charCodeAt(i);
  view.setUint32(8, VERSION, true);
  view.setUint32(12, backup.epoch, true);
  view.setUint32(16, backup.batch, true);
  bytes.set(backup.model, HEADER_BYTES);
  return bytes;
}

/**
 * Reads a backup. The model is a copy, so that its bytes begin at offset 0 of their buffer.
 *
 * @param bytes The bytes of the file.
 * @returns Epoch, batch and model.
 * @throws {FileFormatError} If the bytes are no backup, or one of a later version.
 */
export function decodeBackup(bytes: Uint8Array): Backup {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isBackup = bytes.length > HEADER_BYTES && [...MAGIC].every((letter, i) => bytes[i] === letter.charCodeAt(0));
  if (!isBackup) {
    throw new FileFormatError(`it must begin with ${MAGIC} and have more than ${HEADER_BYTES} bytes; it is no backup`);
  }
  const version = view.getUint32(8, true);
  if (version !== VERSION) throw new FileFormatError(`the version of its format must be ${VERSION}, got ${version}`);
  return { epoch: view.getUint32(12, true), batch: view.getUint32(16, true), model: bytes.slice(HEADER_BYTES) };
}
