import type { Callback, FitParams, Logs, TrainedModel } from "./callback.ts";
import { evaluateSamples } from "./evaluate_samples.ts";
import { checkBatch, type DataStream, readSamples, type Samples } from "./data_source.ts";
import type { Expected } from "./data_source.ts";
import { checkWeights } from "./check_weights.ts";
import { EpochSteps } from "./epoch_steps.ts";
import { History } from "./history.ts";
import type { Progress } from "./progress.ts";
import { StreamReader } from "./stream_reader.ts";
import { takeStep } from "./take_step.ts";
import type { Trainer } from "./trainer.ts";
import { Turn } from "./turn.ts";

/** A fit whose options are checked and whose data are read. */
export interface FitJob {
  readonly trainer: Trainer;
  readonly model: TrainedModel;
  /** Samples in memory, or a stream of batches. */
  readonly data: Samples | {
    readonly stream: DataStream;
    readonly expected: Expected;
    readonly stepsPerEpoch: number | null;
  };
  readonly validation: Samples | null;
  readonly epochs: number;
  readonly initialEpoch: number;
  readonly batchSize: number;
  readonly validationBatchSize: number;
  readonly validationFreq: number;
  readonly shuffle: boolean;
  readonly seed: number;
  /** The weight of a sample's class, by its label; null for none. */
  readonly classWeight: ((y: Float32Array, rows: number) => Float32Array) | null;
  readonly callbacks: readonly Callback[];
  readonly signal: AbortSignal | null;
  readonly progress: Progress | null;
  readonly params: FitParams;
}

/** Milliseconds that training may keep the thread before it lets the event loop run. */
const TURN_MS = 40;

/** Trains for the epochs of the job: the loop behind `model.fit`. */
export async function fit(job: FitJob): Promise<History> {
  const { trainer, callbacks, model, progress } = job;
  const history = new History(job.params);
  let initialEpoch = job.initialEpoch;
  model.stopTraining = false;
  for (const callback of callbacks) {
    callback.setModel?.(model);
    callback.setParams?.(job.params);
  }
  let initialBatch = 0;
  for (const callback of callbacks) {
    initialEpoch = await callback.initialEpoch?.() ?? initialEpoch;
    initialBatch = callback.initialBatch?.() ?? initialBatch;
  }
  await call(callbacks, (c) => c.onTrainBegin?.({}));
  let logs: Logs;
  const reader = "stream" in job.data ? new StreamReader(job.data.stream, job.data.stepsPerEpoch) : null;
  try {
    logs = await runEpochs(job, history, reader, initialEpoch, initialBatch);
  } finally {
    progress?.onTrainEnd();
    trainer.memory.release();
    await reader?.close();
  }
  trainer.finish();
  await call(callbacks, (c) => c.onTrainEnd?.(logs));
  return history;
}

/** Runs the epochs and returns the logs of the last. */
async function runEpochs(
  job: FitJob,
  history: History,
  reader: StreamReader | null,
  initialEpoch: number,
  initialBatch: number,
): Promise<Logs> {
  const { trainer, callbacks, model, progress } = job;
  const turn = new Turn(TURN_MS);
  const steps = "stream" in job.data ? null : new EpochSteps(trainer, job.data, job);
  let lastLogs: Logs = {};
  for (let epoch = initialEpoch; epoch < job.epochs && !model.stopTraining; epoch++) {
    const firstBatch = epoch === initialEpoch ? initialBatch : 0;
    if (callbacks.length > 0) await call(callbacks, (c) => c.onEpochBegin?.(epoch, {}));
    progress?.onEpochBegin(epoch);
    const started = progress === null ? 0 : performance.now();
    trainer.resetCounts();
    if ("stream" in job.data) await runStreamEpoch(job, job.data, reader!, epoch, firstBatch, turn);
    else await runEpoch(job, steps!, epoch, firstBatch, turn);
    const logs: Logs & { loss: number } = trainer.readCounts();
    // Nothing that is not finite may reach validation, a callback that saves, or the user. Short of these the next loss shows it.
    if (callbacks.length > 0 || job.validation !== null || epoch + 1 === job.epochs) {
      checkWeights(trainer, epoch);
    }
    if (job.validation !== null && (epoch + 1) % job.validationFreq === 0) {
      if (callbacks.length > 0) await call(callbacks, (c) => c.onTestBegin?.({}));
      Object.assign(logs, evaluateSamples(trainer, job.validation, job.validationBatchSize, "val_"));
      if (callbacks.length > 0) await call(callbacks, (c) => c.onTestEnd?.(logs));
    }
    trainer.epochs++;
    // Callbacks first: some add to the logs, as Keras's do (`learning_rate`).
    if (callbacks.length > 0) await call(callbacks, (c) => c.onEpochEnd?.(epoch, logs));
    history.add(epoch, logs);
    lastLogs = logs;
    progress?.onEpochEnd(epoch, logs, (performance.now() - started) / 1000);
  }
  return lastLogs;
}

/** Calls every callback in turn, waiting for those that return a promise. */
async function call(callbacks: readonly Callback[], hook: (callback: Callback) => void | Promise<void>): Promise<void> {
  for (const callback of callbacks) {
    const result = hook(callback);
    if (result instanceof Promise) await result;
  }
}

async function runEpoch(job: FitJob, steps: EpochSteps, epoch: number, firstBatch: number, turn: Turn): Promise<void> {
  for (steps.begin(epoch, firstBatch); !steps.isOver;) {
    const first = beginStep(job, steps.batch);
    if (first !== undefined) await first;
    job.signal?.throwIfAborted();
    const waiting = endStep(job, steps.next());
    if (waiting !== undefined) await waiting;
    if (turn.over) await turn.rest();
  }
}

async function runStreamEpoch(
  job: FitJob,
  data: { readonly stream: DataStream; readonly expected: Expected; readonly stepsPerEpoch: number | null },
  reader: StreamReader,
  epoch: number,
  firstBatch: number,
  turn: Turn,
): Promise<void> {
  const { trainer } = job;
  let batch = 0;
  reader.begin();
  for (let given = await reader.next(); given !== null; given = await reader.next(), batch++) {
    if (batch < firstBatch) continue; // done before the run was interrupted
    checkBatch(given);
    const samples = readSamples(given.x, given.y, given.sampleWeight, data.expected);
    trainer.checkLabels(samples.y.data);
    await beginStep(job, batch);
    const program = trainer.program("train", samples.count);
    program.input("x").set(samples.x.data);
    program.input("y").set(samples.y.data);
    const classes = job.classWeight?.(program.input("y"), samples.count) ?? null;
    const weights = classes === null ? samples.sampleWeight : multiply(classes, samples.sampleWeight);
    job.signal?.throwIfAborted();
    takeStep(trainer, { program, rows: samples.count, weights, epoch, batch });
    await endStep(job, batch);
    if (turn.over) await turn.rest();
  }
  await reader.end();
  if (batch === 0) {
    throw new TypeError(
      `Cannot train: the stream gave no batches in epoch ${
        epoch + 1
      }; a generator runs once only, so give an object whose ` +
        "[Symbol.iterator] or [Symbol.asyncIterator] starts anew",
    );
  }
}

/** Tells of a step that comes. Nothing is waited for unless a callback asks for it. */
function beginStep({ callbacks }: FitJob, batch: number): Promise<void> | undefined {
  if (!callbacks.some((c) => c.onTrainBatchBegin !== undefined)) return undefined;
  return call(callbacks, (c) => c.onTrainBatchBegin?.(batch, {}));
}

/** Tells of a step that was taken. Nothing is waited for unless a callback asks for it. */
function endStep({ trainer, callbacks, progress }: FitJob, batch: number): Promise<void> | undefined {
  progress?.onBatchEnd(batch, () => trainer.readCounts());
  if (!callbacks.some((c) => c.onTrainBatchEnd !== undefined)) return undefined;
  return call(callbacks, (c) => c.onTrainBatchEnd?.(batch, trainer.readCounts()));
}

function multiply(a: Float32Array, b: Float32Array | null): Float32Array {
  return b === null ? a : a.map((value, i) => value * b[i]);
}
