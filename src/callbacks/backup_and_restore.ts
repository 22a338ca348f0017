import { checkBoolean } from "../errors/check_boolean.ts";
import { checkOptions } from "../errors/check_options.ts";
import { explainFileError } from "../files/explain_file_error.ts";
import { readFile } from "../files/read_file.ts";
import { writeFileAtomically } from "../files/write_file_atomically.ts";
import type { Callback, FitParams, TrainedModel } from "../training/callback.ts";
import { type Backup, decodeBackup, encodeBackup } from "./backup_file.ts";
import { checkPath } from "./check_path.ts";
import { checkSaveFreq, type SaveFreq } from "./check_save_freq.ts";
import { makeParentFolder } from "./make_parent_folder.ts";

/** Options of `backupAndRestore`. */
export interface BackupAndRestoreOptions {
  /** The file that holds the backup; no other callback may write to it. */
  path?: string | URL;
  /** Keras's name for `path`; here, too, it is a file. */
  backupDir?: string | URL;
  /** `"epoch"`: at the end of every epoch; n: after every n batches. Default `"epoch"`. */
  saveFreq?: SaveFreq;
  /** Whether the backup is removed when training ends, complete or by `stopTraining`. Default true. */
  deleteCheckpoint?: boolean;
}

/**
 * Keeps a backup of weights, optimizer and counters in a file, so that a run that was interrupted (a crash, an error, an abort)
 * goes on where it was when the same script is started again: with the same data, options and seed, to the bit.
 *
 * After an interruption in the middle of an epoch (`saveFreq` a number), the logs of that epoch are those of its remaining batches.
 *
 * Put it last among the callbacks, so that what the others change at the end of an epoch is in the backup. Their own
 * counters (the patience of `earlyStopping`, say) are not: they begin anew, as in Keras.
 *
 * @param options Where and when.
 * @returns The callback.
 * @throws {TypeError | RangeError} If an option is unknown or out of range. `fit` throws if the file is no backup, or one of
 *   another model, or cannot be written.
 */
export function backupAndRestore(options: BackupAndRestoreOptions): Callback {
  const what = "create backupAndRestore callback";
  checkOptions(what, options, ["path", "backupDir", "saveFreq", "deleteCheckpoint"]);
  const given: BackupAndRestoreOptions = options ?? {};
  const path = checkPath(what, given, "backupDir");
  const saveFreq = checkSaveFreq(what, given.saveFreq);
  const deleteCheckpoint = checkBoolean(what, "deleteCheckpoint", given.deleteCheckpoint ?? true);
  let model!: TrainedModel;
  let restored: Backup | null = null;
  let steps: number | null = null;
  let epochNow = 0;
  let batchesSinceSave = 0;
  let isDue = false;

  async function save(epoch: number, batch: number): Promise<void> {
    await makeParentFolder(path);
    await writeFileAtomically(path, encodeBackup({ epoch, batch, model: model.toBytes() }));
  }

  const callback: Callback = {
    setModel(trained: TrainedModel): void {
      model = trained;
    },
    setParams(params: FitParams): void {
      steps = params.steps;
    },
    async initialEpoch(): Promise<number | null> {
      restored = await restore(path, model);
      batchesSinceSave = 0;
      isDue = false;
      return restored?.epoch ?? null;
    },
    initialBatch(): number | null {
      return restored?.batch ?? null;
    },
    async onTrainEnd(): Promise<void> {
      if (deleteCheckpoint) await removeFile(path);
    },
  };
  if (saveFreq === "epoch") {
    callback.onEpochEnd = (epoch) => save(epoch + 1, 0);
    return callback;
  }
  callback.onEpochBegin = (epoch) => {
    epochNow = epoch;
  };
  callback.onTrainBatchEnd = (batch) => {
    if (++batchesSinceSave < saveFreq) return;
    batchesSinceSave = 0;
    // After the last batch, the end of the epoch is the better moment: there is nothing left of the epoch to go on with.
    isDue = batch + 1 === steps;
    if (!isDue) return save(epochNow, batch + 1);
  };
  callback.onEpochEnd = (epoch) => {
    if (!isDue) return;
    isDue = false;
    return save(epoch + 1, 0);
  };
  return callback;
}

/** Puts the model back to where its backup was made; null if there is no backup. */
async function restore(path: string | URL, model: TrainedModel): Promise<Backup | null> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (codeOf((error as Error).cause) === "ENOENT") return null;
    throw error;
  }
  try {
    const backup = decodeBackup(bytes);
    model.restore(backup.model);
    return backup;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const task = `Cannot restore the backup ${JSON.stringify(String(path))}`;
    throw new Error(`${task}: ${message}; remove the file to begin anew`, { cause });
  }
}

/** Removes a file, if it is there. */
async function removeFile(path: string | URL): Promise<void> {
  const task = `Cannot remove the backup ${JSON.stringify(String(path))}`;
  try {
    await (await import("node:fs/promises")).unlink(path);
  } catch (cause) {
    if (codeOf(cause) !== "ENOENT") throw explainFileError(task, cause);
  }
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | null | undefined)?.code;
}
