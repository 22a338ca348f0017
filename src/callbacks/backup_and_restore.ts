import { loadNodeModule } from "../files/load_node_module.ts";
import { checkBoolean } from "../errors/check_boolean.ts";
import { checkOptions } from "../errors/check_options.ts";
import { checkWritable } from "../files/check_writable.ts";
import { explainFileError } from "../files/explain_file_error.ts";
import { readFile } from "../files/read_file.ts";
import { writeFileAtomically } from "../files/write_file_atomically.ts";
import type { Callback, FitParams, Logs, RunningFit, TrainedModel, TrainEnd } from "../training/callback.ts";
import { type Backup, decodeBackup, encodeBackup } from "./backup_file.ts";
import { checkPath } from "./check_path.ts";
import { checkSaveFreq, type SaveFreq } from "./check_save_freq.ts";
import { makeParentFolder } from "./make_parent_folder.ts";
import { printAction } from "./print_action.ts";
import { encodeState } from "./state_file.ts";

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
 * Keeps a backup of a running fit in a file, so that a run that was interrupted (a crash, an error, an abort) goes on where it was when the
 * same script is started again: with the same data, options and seed it ends as if it had not stopped. Weights, optimizer, learning rate,
 * the counters of the other callbacks (patience, the best value, reduced rates) and, within an epoch, the sums of loss and metrics are the
 * same to the bit, and so is the history, which has the epochs before the interruption too.
 *
 * It may stand anywhere among the callbacks: it is called after the others. A callback of your own that counts something has `getState` and
 * `setState`; without them it begins anew. So has a metric of your own where `saveFreq` is a number.
 *
 * After an interruption within an epoch, `onEpochBegin` of that epoch is called again, and what it did is undone: all is as it was when the
 * backup was made. A stream is read from its beginning, without training, up to the batch that comes next.
 *
 * @param options Where and when.
 * @returns The callback.
 * @throws {TypeError | RangeError} If an option is unknown or out of range. `fit` throws if the file is no backup, or one of
 *   another model, or cannot be written, or a state is no plain data.
 */
export function backupAndRestore(options: BackupAndRestoreOptions): Callback {
  const what = "create backupAndRestore callback";
  checkOptions(what, options, ["path", "backupDir", "saveFreq", "deleteCheckpoint"]);
  const given: BackupAndRestoreOptions = options ?? {};
  const path = checkPath(what, given, "backupDir");
  const saveFreq = checkSaveFreq(what, given.saveFreq);
  const deleteCheckpoint = checkBoolean(what, "deleteCheckpoint", given.deleteCheckpoint ?? true);
  let model!: TrainedModel;
  let fit: RunningFit | null = null;
  let restored: Backup | null = null;
  let steps: number | null = null;
  let epochNow = 0;
  let isVerbose = false;
  /** What the file holds, in words. */
  let kept: string | null = null;
  let batchesSinceSave = 0;
  let isDue = false;

  /** The last save, which an abort does not wait for. */
  let saving: Promise<void> = Promise.resolve();

  function save(epoch: number, batch: number): Promise<void> {
    return saving = write(epoch, batch);
  }

  async function write(epoch: number, batch: number): Promise<void> {
    await makeParentFolder(path);
    const state = await fit?.getState(batch) ?? null;
    await writeFileAtomically(path, encodeBackup({ epoch, batch, state, model: model.toBytes() }));
    kept = describePlace(epoch, batch);
  }

  const callback: Callback = {
    setModel(trained: TrainedModel): void {
      model = trained;
    },
    setParams(params: FitParams): void {
      steps = params.steps;
      isVerbose = params.verbose > 0;
    },
    setFit(running: RunningFit): void {
      fit = running;
    },
    async initialEpoch(): Promise<number | null> {
      restored = await restore(path, model, fit);
      kept = restored && describePlace(restored.epoch, restored.batch);
      batchesSinceSave = 0;
      isDue = false;
      return restored?.epoch ?? null;
    },
    initialBatch(): number | null {
      return restored?.batch ?? null;
    },
    async onTrainBegin(): Promise<void> {
      // What cannot be kept is to be said now and not after hours.
      await makeParentFolder(path);
      await checkWritable(path);
      encodeState(await fit?.getState(saveFreq === "epoch" ? 0 : 1) ?? null);
    },
    async onTrainEnd(_logs: Logs, end?: TrainEnd): Promise<void> {
      if (end?.isComplete === false) {
        await saving.catch(() => {});
        if (isVerbose && kept !== null) printAction(`The backup ${JSON.stringify(String(path))} is of ${kept}.`);
      } else if (deleteCheckpoint) {
        await removeFile(path);
      }
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

/** How far a training is, in words. */
function describePlace(epoch: number, batch: number): string {
  const epochs = `${epoch} ${epoch === 1 ? "epoch" : "epochs"}`;
  return batch === 0 ? epochs : `${epochs} and ${batch} ${batch === 1 ? "batch" : "batches"}`;
}

/** Puts the model back to where its backup was made; null if there is no backup. */
async function restore(path: string | URL, model: TrainedModel, fit: RunningFit | null): Promise<Backup | null> {
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
    if (backup.state !== null) fit?.setState(backup.state);
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
    await (await loadNodeModule<typeof import("node:fs/promises")>("node:fs/promises")).unlink(path);
  } catch (cause) {
    if (codeOf(cause) !== "ENOENT") throw explainFileError(task, cause);
  }
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | null | undefined)?.code;
}
