import { isThenable } from "../errors/is_thenable.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { checkSignal } from "../errors/check_signal.ts";
import { describeValue } from "../errors/describe_value.ts";
import { checkBoolean } from "../errors/check_boolean.ts";
import { refuseOptions } from "../errors/refuse_options.ts";
import type { DataInputs, DataStream, SampleInputs, SampleWeights } from "../data/data_input.ts";
import { Dataset } from "../data/dataset.ts";
import { hintAtNames } from "../data/hint_at_names.ts";
import { isStream } from "../data/is_stream.ts";
import { workOf } from "../ops/work_of.ts";
import { beatsGuessing, DID_NOT_LEARN } from "../training/beats_guessing.ts";
import { fit, type FitJob } from "../training/fit.ts";
import type { StreamSource } from "../training/stream_batches.ts";
import type { FitParams } from "../training/callback.ts";
import { History } from "../training/history.ts";
import { Interrupt } from "../training/interrupt.ts";
import { openProgress } from "../training/open_progress.ts";
import { openProgressSink } from "../training/progress_sink.ts";
import { StepThreads } from "../training/step_threads.ts";
import { limitThreads, readWorkers, withTeam } from "../training/threads.ts";
import { checkCallbacks } from "./check_callbacks.ts";
import { weighClasses } from "../training/weigh_classes.ts";
import { readClassWeight } from "./class_weights.ts";
import { expectedBy, samplesFor } from "./evaluate_model.ts";
import { refuseSingleSoftmax } from "./refuse_single_softmax.ts";
import type { Model } from "./model.ts";
import type { FitOptions, ValidationData } from "./options.ts";
import { readVerbose } from "./read_verbose.ts";
import { checkWholeBatches, settleBatchSize } from "./settle_batch_size.ts";

const OPTIONS = [
  "epochs",
  "batchSize",
  "verbose",
  "callbacks",
  "validationSplit",
  "validationData",
  "validationBatchSize",
  "validationFreq",
  "validationSteps",
  "shuffle",
  "classWeight",
  "sampleWeight",
  "initialEpoch",
  "stepsPerEpoch",
  "seed",
  "signal",
  "workers",
] as const;

/** Checks the options of a fit, reads the data, and trains. */
export async function fitModel(
  model: Model,
  x: SampleInputs | DataStream,
  y: DataInputs | undefined,
  options: FitOptions = {},
): Promise<History> {
  checkOptions("fit", options, OPTIONS);
  const integer = (name: keyof FitOptions, value: unknown, min: number): number =>
    checkInteger("fit", name, value, { min });
  const epochs = integer("epochs", options.epochs ?? 1, 0);
  integer("batchSize", options.batchSize ?? 32, 1);
  const verbose = readVerbose("fit", options.verbose ?? 1);
  const shuffle = options.shuffle === undefined ? true : checkBoolean("fit", "shuffle", options.shuffle);
  const workers = readWorkers("fit", options.workers);
  const stepsPerEpoch = options.stepsPerEpoch === undefined ? null : integer("stepsPerEpoch", options.stepsPerEpoch, 1);
  const callbacks = checkCallbacks(options.callbacks ?? []);
  const initialEpoch = integer("initialEpoch", options.initialEpoch ?? 0, 0);
  integer("validationBatchSize", options.validationBatchSize ?? 32, 1);
  const validationFreq = integer("validationFreq", options.validationFreq ?? 1, 1);
  const seed = checkInteger("fit", "seed", options.seed ?? model.seed, { min: 0, max: Number.MAX_SAFE_INTEGER });
  const weights = readClassWeight(options.classWeight);
  const signal = readSignal(options.signal, { epochs, steps: stepsPerEpoch, verbose, validationFreq: null });
  const stream = isStream(x);
  if (!stream && y === undefined) {
    throw new TypeError("Cannot fit: y is missing; give labels, or a stream of batches { x, y }");
  }
  const builds = !stream && !model.isBuilt;
  if (builds) model.buildFor(x);
  let data: FitJob["data"], validation: FitJob["validation"];
  try {
    ({ data, validation } = readData(model, x, y, options, stepsPerEpoch));
  } catch (error) {
    if (builds) model.unbuild(); // the next fit may bring data of another shape
    throw error;
  }
  const { network } = model;
  const batchSize = settleBatchSize("fit", network, options.batchSize);
  const validationBatchSize = settleBatchSize(
    "fit",
    network,
    options.validationBatchSize ?? batchSize,
    "validationBatchSize",
  );
  if (data instanceof Dataset) checkWholeBatches("fit", network, data.count);
  if (validation instanceof Dataset) checkWholeBatches("validate", network, validation.count);
  const steps = "stream" in data ? stepsPerEpoch : Math.ceil(data.count / batchSize);
  const params = { epochs, steps, verbose, validationFreq: validation === null ? null : validationFreq };
  const { trainer } = model;
  refuseSingleSoftmax(model.network);
  const classWeight = weighClasses(weights, trainer.compiled.objective);
  if (data instanceof Dataset) data = data.withClassWeights(classWeight); // refuses labels that have no class before training begins
  const history = new History(params);
  const opening = openProgress(params, history);
  const progress = isThenable(opening) ? await opening : opening;
  // A fit that shows its progress has a terminal's user before it, who may press Ctrl-C; one with a signal is stopped by that.
  const interrupt = verbose !== 0 && signal === null ? Interrupt.listen() : null;
  const job: FitJob = {
    trainer,
    model,
    data,
    validation,
    epochs,
    initialEpoch,
    batchSize,
    validationBatchSize,
    validationFreq,
    shuffle,
    seed,
    classWeight,
    callbacks,
    signal: signal ?? interrupt?.signal ?? null,
    progress,
    params,
    history,
  };
  trainer.threads = null;
  model.network.store.beginTraining(model.name);
  try {
    await fit(
      job,
      (epochs) => workers === "auto" ? runByMeasuring(job, steps, epochs) : runWithTeam(job, workers, epochs),
    );
    if (
      progress !== null && data instanceof Dataset &&
      beatsGuessing(network, trainer.compiled.objective, data, history.history.loss) === false
    ) openProgressSink().write(`${DID_NOT_LEARN}\n`);
    return history;
  } catch (error) {
    attachHistory(error, job.history);
    if (error === interrupt?.signal.reason) interrupt?.explain(job.history, callbacks);
    throw error;
  } finally {
    interrupt?.close();
    model.network.store.endTraining();
  }
}

/** Reads the signal; one that has aborted before the fit begins ends it, too, with the history of no epochs. */
function readSignal(given: unknown, params: FitParams): AbortSignal | null {
  try {
    return checkSignal("fit", given);
  } catch (error) {
    if (given instanceof AbortSignal) attachHistory(error, new History(params));
    throw error;
  }
}

/** Gives an error the history of the epochs that were done, so that they are not lost with it. */
function attachHistory(error: unknown, history: History): void {
  if (typeof error !== "object" || error === null || !Object.isExtensible(error)) return;
  // Not enumerable: an error that is printed is not to be followed by thousands of numbers.
  Object.defineProperty(error, "history", { value: history, configurable: true, writable: true });
}

/** Runs the epochs with a fixed number of threads. */
async function runWithTeam({ trainer }: FitJob, workers: number, epochs: () => Promise<void>): Promise<void> {
  const ranks = limitThreads(workers);
  trainer.ranks = ranks;
  try {
    await withTeam(trainer.memory, ranks, epochs);
  } finally {
    trainer.ranks = 1;
  }
}

/** Runs the epochs, choosing the number of threads by what their steps take. */
async function runByMeasuring(job: FitJob, steps: number | null, run: () => Promise<void>): Promise<void> {
  const { trainer, data, batchSize, epochs, initialEpoch } = job;
  const threads = trainer.stepThreads ??= new StepThreads(trainer.memory);
  const work = "stream" in data
    ? null
    : workOf(trainer.program("train", Math.min(batchSize, data.count), data.shapes).program.cost);
  threads.begin(work, steps === null ? null : steps * (epochs - initialEpoch));
  trainer.threads = threads;
  try {
    await threads.run(run);
  } finally {
    trainer.threads = null;
  }
}

/** Reads and checks what to train on and what to validate with. */
function readData(
  model: Model,
  x: SampleInputs | DataStream,
  y: DataInputs | undefined,
  options: FitOptions,
  stepsPerEpoch: number | null,
): Pick<FitJob, "data" | "validation"> {
  const { data, held } = isStream(x)
    ? { data: streamData(model, x as DataStream, options, stepsPerEpoch), held: null }
    : splitData(model, x, y!, options, stepsPerEpoch);
  const { validationData } = options;
  if (!isValidationStream(validationData)) {
    refuseOptions("fit", options, ["validationSteps"], "goes with a stream as validationData only");
  }
  return { data, validation: validationData === undefined ? held : readValidation(model, validationData, options) };
}

function streamData(
  model: Model,
  stream: DataStream,
  options: FitOptions,
  stepsPerEpoch: number | null,
): StreamSource {
  const refused = ["validationSplit", "sampleWeight", "batchSize", "shuffle"] as const;
  refuseOptions("fit", options, refused, "does not go with a stream, which makes its own batches");
  return { stream, expected: expectedBy(model), steps: stepsPerEpoch };
}

function splitData(
  model: Model,
  x: SampleInputs,
  y: DataInputs,
  options: FitOptions,
  stepsPerEpoch: number | null,
): { data: Dataset; held: Dataset | null } {
  if (stepsPerEpoch !== null) throw new TypeError("Cannot fit: stepsPerEpoch goes with a stream of batches only");
  const split = checkNumber("fit", "validationSplit", options.validationSplit ?? 0, { min: 0, maxExclusive: 1 });
  const samples = samplesFor(model, x, y, options.sampleWeight);
  if (split === 0 || options.validationData !== undefined) return { data: samples, held: null };
  // As Keras: the last samples, before shuffling.
  const kept = Math.floor(samples.count * (1 - split));
  if (kept === 0 || kept === samples.count) {
    throw new RangeError(
      `Cannot fit: validationSplit ${split} of ${samples.count} samples leaves ${kept} to train on and ` +
        `${samples.count - kept} to validate with; both must be at least 1`,
    );
  }
  return { data: samples.slice(0, kept), held: samples.slice(kept, samples.count) };
}

/** Whether validation data are a stream: [x, y] is none, also where x is a record with an input called x. */
function isValidationStream(data: unknown): boolean {
  const isPair = Array.isArray(data) && data.length > 1 && !(typeof data[1] === "object" && "x" in Object(data[1]));
  return !isPair && isStream(data);
}

function readValidation(model: Model, data: ValidationData, options: FitOptions): Dataset | StreamSource {
  if (isValidationStream(data)) {
    refuseOptions("fit", options, ["validationBatchSize"], "does not go with a stream, which makes its own batches");
    const steps = options.validationSteps === undefined
      ? null
      : checkInteger("fit", "validationSteps", options.validationSteps, { min: 1 });
    return { stream: data as DataStream, expected: expectedBy(model), steps };
  }
  if (Array.isArray(data)) {
    const [x, y, sampleWeight] = data as unknown as readonly [SampleInputs, DataInputs, SampleWeights?];
    if (data.length === 2 || data.length === 3) return samplesFor(model, x, y, sampleWeight);
  } else if (typeof data === "object" && data !== null && "x" in data && "y" in data) {
    return samplesFor(model, data.x, data.y, data.sampleWeight);
  }
  throw new TypeError(
    "Cannot fit: validationData must be { x, y, sampleWeight? } or [x, y], or a stream of batches, got " +
      describeValue(data) + hintAtNames(data),
  );
}
