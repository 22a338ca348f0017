import { checkBoolean } from "../errors/check_boolean.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { checkWritable } from "../files/check_writable.ts";
import { nameFolder } from "../files/name_beside.ts";
import type { StateValue } from "../tensor/state_value.ts";
import type { Callback, FitParams, Logs, TrainedModel } from "../training/callback.ts";
import { checkPath } from "./check_path.ts";
import { checkSaveFreq, type SaveFreq } from "./check_save_freq.ts";
import { checkVerbose } from "./check_verbose.ts";
import { fillTemplate } from "./fill_template.ts";
import { makeParentFolder } from "./make_parent_folder.ts";
import { Monitor, type MonitorMode } from "./monitor.ts";
import { printAction } from "./print_action.ts";
import { readCounters } from "./read_counters.ts";

/** Options of `modelCheckpoint`. */
export interface ModelCheckpointOptions {
  /**
   * The file to write. Fields in braces are filled in: `{epoch}` (the first is 1), `{batch}` where `saveFreq` is a number
   * (the first is 1), and every name in the logs, each with a format of Python's kind: `best-{epoch:02d}-{val_loss:.4f}.safetensors`.
   */
  path?: string | URL;
  /** Keras's name for `path`. */
  filepath?: string | URL;
  /** The name of the number to watch if `saveBestOnly`. Default `"val_loss"`. */
  monitor?: string;
  /** 1: tell on stderr what was saved. Default 0. */
  verbose?: 0 | 1;
  /** Whether to save only when the number is better than ever, which NaN never is. Default false. */
  saveBestOnly?: boolean;
  /** Whether lower or higher is better. Default `"auto"`: by the name of the metric. */
  mode?: MonitorMode;
  /** `"epoch"`: at the end of every epoch; n: after every n batches. Default `"epoch"`. */
  saveFreq?: SaveFreq;
  /** With `saveBestOnly`: nothing is saved that is not better than this. Default: none. */
  initialValueThreshold?: number | null;
}

const OPTIONS = [
  "path",
  "filepath",
  "monitor",
  "verbose",
  "saveBestOnly",
  "mode",
  "saveFreq",
  "initialValueThreshold",
];

/**
 * Saves the model with its training state while it trains, in one step: a file is there whole or not at all. Folders are made
 * where they do not exist. The best value is kept from one `fit` to the next, as in Keras.
 *
 * @param options Where, when and whether only the best.
 * @returns The callback.
 * @throws {TypeError | RangeError} If an option is unknown or out of range. `fit` throws if the number to watch or a field of
 *   the path is not in the logs, or the file cannot be written.
 */
export function modelCheckpoint(options: ModelCheckpointOptions): Callback {
  const what = "create modelCheckpoint callback";
  checkOptions(what, options, OPTIONS);
  const given: ModelCheckpointOptions = options ?? {};
  const path = checkPath(what, given, "filepath");
  const saveBestOnly = checkBoolean(what, "saveBestOnly", given.saveBestOnly ?? false);
  const saveFreq = checkSaveFreq(what, given.saveFreq);
  const verbose = checkVerbose(what, given.verbose);
  const threshold = given.initialValueThreshold ?? null;
  let best = threshold === null ? null : checkNumber(what, "initialValueThreshold", threshold);
  const { monitor: name, mode } = given;
  const monitor = new Monitor("modelCheckpoint", { monitor: name, mode });
  if (saveBestOnly && saveFreq !== "epoch" && monitor.name.startsWith("val_")) {
    throw new RangeError(
      `Cannot ${what}: monitor must not begin with val_ where saveFreq is a number of batches, as validation runs at the end ` +
        `of epochs, got "${monitor.name}"`,
    );
  }
  let model!: TrainedModel;
  let epochNow = 0;
  let batchesSinceSave = 0;

  /** Whether the model is to be saved now; remembers the best value. */
  function judge(epoch: number, logs: Logs): boolean {
    if (!saveBestOnly) return true;
    const current = monitor.read(epoch, logs);
    if (current === null) return false;
    const isBetter = monitor.isBetter(current, best);
    if (verbose) {
      const before = best === null ? "" : ` from ${best.toFixed(5)}`;
      const change = isBetter ? `improved${before} to ${current.toFixed(5)}` : `did not improve${before}`;
      printAction(`Epoch ${epoch + 1}: ${monitor.name} ${change}`);
    }
    if (isBetter) best = current;
    return isBetter;
  }

  async function save(epoch: number, batch: number | null, logs: Logs): Promise<void> {
    if (!judge(epoch, logs)) return;
    const values: Logs = { ...logs, epoch: epoch + 1 };
    if (batch !== null) values.batch = batch + 1;
    const file = fillPath(path, values);
    await makeParentFolder(file);
    await model.save(file);
    if (verbose) printAction(`Epoch ${epoch + 1}: saved the model to ${String(file)}`);
  }

  const callback: Callback = {
    name: "modelCheckpoint",
    setModel(trained: TrainedModel): void {
      model = trained;
    },
    setParams(params: FitParams): void {
      monitor.setParams(params);
    },
    getState: () => ({ best, batchesSinceSave }),
    setState(state: StateValue): void {
      ({ best, batchesSinceSave } = readCounters("modelCheckpoint", state, {
        best: "number or null",
        batchesSinceSave: "number",
      }));
    },
    async onTrainBegin(): Promise<void> {
      model.checkSavePath?.(path);
      const sample = fillSample(path);
      const isFolderKnown = !/\{|%7b/i.test(String(nameFolder(sample)));
      if (isFolderKnown) await makeParentFolder(sample);
      await checkWritable(sample, { isFolderThere: isFolderKnown });
    },
  };
  if (saveFreq === "epoch") {
    callback.onEpochEnd = (epoch, logs) => save(epoch, null, logs);
    return callback;
  }
  callback.onEpochBegin = (epoch) => {
    epochNow = epoch;
  };
  callback.onTrainBatchEnd = (batch, logs) => {
    if (++batchesSinceSave < saveFreq) return;
    batchesSinceSave = 0;
    return save(epochNow, batch, logs);
  };
  return callback;
}

/** The path that the first save may have; with fields that nobody knows yet, as they are. */
function fillSample(path: string | URL): string | URL {
  try {
    return fillPath(path, { epoch: 1, batch: 1 });
  } catch {
    return path;
  }
}

/** The path with its fields filled in; URLs have their braces escaped. */
function fillPath(path: string | URL, values: Logs): string | URL {
  if (typeof path === "string") return fillTemplate(path, values);
  const template = path.href.replace(/%7b/gi, "{").replace(/%7d/gi, "}");
  return new URL(fillTemplate(template, values));
}
