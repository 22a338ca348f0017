import { FileFormatError } from "../files/file_format_error.ts";
import type { StateValue } from "../tensor/state_value.ts";
import { decodeState, encodeState } from "./state_file.ts";

/** A model in the middle of its training. */
export interface Backup {
  /** The epoch to go on with, from 0. */
  readonly epoch: number;
  /** How many of its batches are done. */
  readonly batch: number;
  /** What the fit knows besides the model, as `RunningFit.getState` gives it; null in files of version 1. */
  readonly state: StateValue;
  /** The model with its training state, as `toBytes` gives it. */
  readonly model: Uint8Array;
}

const MAGIC = "RPBACKUP";
/** Version 1 had no state, and 0 in place of its length. */
const VERSION = 2;
const HEADER_BYTES = 24;

/**
 * Writes a backup as bytes: `RPBACKUP`, then version, epoch, batch and the length of the state as little-endian 32-bit integers, then the
 * state, then the model.
 *
 * @param backup Epoch, batch, state and model.
 * @returns The bytes of the file.
 * @throws {TypeError} If the state is no plain data.
 */
export function encodeBackup(backup: Backup): Uint8Array {
  // Epoch and batch are there again, as the checksum is that of the state.
  const { epoch, batch } = backup;
  const state = encodeState({ epoch, batch, state: backup.state }, "backup");
  const bytes = new Uint8Array(HEADER_BYTES + state.length + backup.model.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < MAGIC.length; i++) bytes[i] = MAGIC.charCodeAt(i);
  view.setUint32(8, VERSION, true);
  view.setUint32(12, backup.epoch, true);
  view.setUint32(16, backup.batch, true);
  view.setUint32(20, state.length, true);
  bytes.set(state, HEADER_BYTES);
  bytes.set(backup.model, HEADER_BYTES + state.length);
  return bytes;
}

/**
 * Reads a backup. Model and state are copies, so that their bytes begin at offset 0 of their buffers.
 *
 * @param bytes The bytes of the file.
 * @returns Epoch, batch, state and model.
 * @throws {FileFormatError} If the bytes are no backup, damaged, or one of a later version.
 */
export function decodeBackup(bytes: Uint8Array): Backup {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isBackup = bytes.length > HEADER_BYTES && [...MAGIC].every((letter, i) => bytes[i] === letter.charCodeAt(0));
  if (!isBackup) {
    throw new FileFormatError(`it must begin with ${MAGIC} and have more than ${HEADER_BYTES} bytes; it is no backup`);
  }
  const version = view.getUint32(8, true);
  if (version !== 1 && version !== VERSION) {
    throw new FileFormatError(`the version of its format must be from 1 to ${VERSION}, got ${version}`);
  }
  const modelAt = HEADER_BYTES + view.getUint32(20, true);
  if (modelAt > bytes.length || version === 1 && modelAt !== HEADER_BYTES) {
    throw new FileFormatError(`its state must lie within its ${bytes.length} bytes, got an end at ${modelAt}`);
  }
  const [epoch, batch, model] = [view.getUint32(12, true), view.getUint32(16, true), bytes.slice(modelAt)];
  if (version === 1) return { epoch, batch, state: null, model };
  const kept = decodeState(bytes.slice(HEADER_BYTES, modelAt)) as Partial<Backup> | null;
  if (kept?.epoch !== epoch || kept.batch !== batch || kept.state === undefined) {
    throw new FileFormatError("it is damaged: its state must be of the epoch and batch that it begins with");
  }
  return { epoch, batch, state: kept.state, model };
}
