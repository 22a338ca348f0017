import { isThenable } from "../errors/is_thenable.ts";
import { SignalRace } from "../data/signal_race.ts";
import { Turn } from "../data/turn.ts";
import type { Callback, Evaluation, FitParams, Logs, TrainedModel } from "./callback.ts";
import { evaluateBatch, evaluateSamples } from "./evaluate_samples.ts";
import { checkWeights } from "./check_weights.ts";
import type { Samples } from "./data_source.ts";
import { EpochSteps } from "./epoch_steps.ts";
import { type ClassWeights, fillBatch, wholeBatch } from "./fill_batch.ts";
import { History } from "./history.ts";
import type { Progress } from "./progress.ts";
import { StreamBatches, type StreamSource } from "./stream_batches.ts";
import { takeStep } from "./take_step.ts";
import type { Trainer } from "./trainer.ts";

/** A fit whose options are checked and whose data are read. */
export interface FitJob {
  readonly trainer: Trainer;
  readonly model: TrainedModel;
  /** Samples in memory, or a stream of batches. */
  readonly data: Samples | StreamSource;
  /** What to validate with; null: nothing. */
  readonly validation: Samples | StreamSource | null;
  readonly epochs: number;
  readonly initialEpoch: number;
  readonly batchSize: number;
  readonly validationBatchSize: number;
  readonly validationFreq: number;
  readonly shuffle: boolean;
  readonly seed: number;
  /** The weight of a sample's class, by its label; null for none. */
  readonly classWeight: ClassWeights | null;
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
  const race = new SignalRace(job.signal);
  const history = new History(job.params);
  let initialEpoch = job.initialEpoch;
  model.stopTraining = false;
  for (const callback of callbacks) {
    callback.setModel?.(model);
    callback.setParams?.(job.params);
  }
  const { data, validation } = job;
  const batches = "stream" in data ? new StreamBatches(data, trainer, race, "train") : null;
  const tests = validation !== null && "stream" in validation
    ? new StreamBatches(validation, trainer, race, "validate")
    : null;
  try {
    let initialBatch = 0;
    for (const callback of callbacks) {
      const epoch = callback.initialEpoch?.();
      initialEpoch = (isThenable(epoch) ? await race.wait(epoch) : epoch) ?? initialEpoch;
      initialBatch = callback.initialBatch?.() ?? initialBatch;
    }
    await call(callbacks, race, (c) => c.onTrainBegin?.({}));
    let logs: Logs;
    try {
      logs = await runEpochs({ ...job, race, batches, tests }, history, initialEpoch, initialBatch);
    } finally {
      progress?.onTrainEnd();
      trainer.memory.release();
    }
    trainer.finish();
    await call(callbacks, race, (c) => c.onTrainEnd?.(logs));
    return history;
  } finally {
    batches?.close();
    tests?.close();
    race.close();
  }
}

/** A fit that runs. */
interface Run extends FitJob {
  readonly race: SignalRace;
  /** The batches of a stream; null for samples in memory. */
  readonly batches: StreamBatches | null;
  /** As `batches`, to validate with. */
  readonly tests: StreamBatches | null;
}

/** Runs the epochs and returns the logs of the last. */
async function runEpochs(job: Run, history: History, initialEpoch: number, initialBatch: number): Promise<Logs> {
  const { trainer, callbacks, model, progress, race, batches } = job;
  const turn = new Turn(TURN_MS);
  const steps = "stream" in job.data ? null : new EpochSteps(trainer, job.data, job);
  let lastLogs: Logs = {};
  for (let epoch = initialEpoch; epoch < job.epochs && !model.stopTraining; epoch++) {
    const firstBatch = epoch === initialEpoch ? initialBatch : 0;
    if (callbacks.length > 0) await call(callbacks, race, (c) => c.onEpochBegin?.(epoch, {}));
    progress?.onEpochBegin(epoch);
    const started = progress === null ? 0 : performance.now();
    trainer.resetCounts();
    if (batches !== null) await runStreamEpoch(job, batches, epoch, firstBatch, turn);
    else await runEpoch(job, steps!, epoch, firstBatch, turn);
    const logs: Logs & { loss: number } = trainer.readCounts();
    // Nothing that is not finite may reach validation, a callback that saves, or the user. Short of these the next loss shows it.
    if (callbacks.length > 0 || job.validation !== null || epoch + 1 === job.epochs) {
      checkWeights(trainer, epoch);
    }
    if (job.validation !== null && (epoch + 1) % job.validationFreq === 0) {
      if (callbacks.length > 0) await call(callbacks, race, (c) => c.onTestBegin?.({}));
      Object.assign(logs, await validate(job, job.validation, epoch, turn));
      if (callbacks.length > 0) await call(callbacks, race, (c) => c.onTestEnd?.(logs));
    }
    trainer.epochs++;
    // Callbacks first: some add to the logs, as Keras's do (`learning_rate`).
    if (callbacks.length > 0) await call(callbacks, race, (c) => c.onEpochEnd?.(epoch, logs));
    history.add(epoch, logs);
    lastLogs = logs;
    progress?.onEpochEnd(epoch, logs, (performance.now() - started) / 1000);
  }
  return lastLogs;
}

/** Loss and metrics of the validation, named with `val_`. */
async function validate(
  { trainer, tests, validationBatchSize, signal }: Run,
  validation: Samples | StreamSource,
  epoch: number,
  turn: Turn,
): Promise<Evaluation> {
  if ("stream" in validation) {
    const counts = trainer.createCounts();
    tests!.begin(epoch);
    for (let samples = await tests!.next(); samples !== null; samples = await tests!.next()) {
      const { count } = samples;
      trainer.countInto(counts, () => evaluateBatch(trainer, samples!, 0, count));
      if (turn.over) await turn.rest();
      signal?.throwIfAborted();
    }
    tests!.end();
    return trainer.countInto(counts, () => trainer.readCounts("val_"));
  }
  return evaluateSamples(trainer, validation, validationBatchSize, "val_");
}

/** Calls every callback in turn, waiting for those that return a promise, but no longer than until the signal aborts. */
async function call(
  callbacks: readonly Callback[],
  race: SignalRace,
  hook: (callback: Callback) => unknown,
): Promise<void> {
  for (const callback of callbacks) {
    const result = hook(callback);
    if (isThenable(result)) await race.wait(result);
  }
}

async function runEpoch(job: Run, steps: EpochSteps, epoch: number, firstBatch: number, turn: Turn): Promise<void> {
  for (steps.begin(epoch, firstBatch); !steps.isOver;) {
    const first = beginStep(job, steps.batch);
    if (first !== undefined) await first;
    job.signal?.throwIfAborted();
    const waiting = endStep(job, steps.next());
    if (waiting !== undefined) await waiting;
    if (job.trainer.opening !== null) await job.trainer.opening;
    if (job.model.stopTraining) break;
    if (turn.over) await turn.rest();
  }
}

async function runStreamEpoch(
  job: Run,
  batches: StreamBatches,
  epoch: number,
  firstBatch: number,
  turn: Turn,
): Promise<void> {
  const { trainer, classWeight } = job;
  let batch = 0;
  batches.begin(epoch);
  for (let samples = await batches.next(); samples !== null; samples = await batches.next(), batch++) {
    if (turn.over) await turn.rest();
    const first = batch < firstBatch ? undefined : beginStep(job, batch);
    if (first !== undefined) await first;
    job.signal?.throwIfAborted();
    if (batch < firstBatch) continue; // done before the run was interrupted
    trainer.beginStep();
    const program = trainer.program("train", samples.count);
    const weights = fillBatch(program, samples, wholeBatch(samples, classWeight));
    takeStep(trainer, { program, rows: samples.count, weights, epoch, batch });
    const waiting = endStep(job, batch);
    if (waiting !== undefined) await waiting;
    if (trainer.opening !== null) await trainer.opening;
    if (job.model.stopTraining) break;
  }
  batches.end();
}

/** Tells of a step that comes. Nothing is waited for unless a callback asks for it. */
function beginStep({ callbacks, race }: Run, batch: number): Promise<void> | undefined {
  if (!callbacks.some((c) => c.onTrainBatchBegin !== undefined)) return undefined;
  return call(callbacks, race, (c) => c.onTrainBatchBegin?.(batch, {}));
}

/** Tells of a step that was taken. Nothing is waited for unless a callback asks for it. */
function endStep({ trainer, callbacks, progress, race }: Run, batch: number): Promise<void> | undefined {
  progress?.onBatchEnd(batch, () => trainer.readCounts());
  if (!callbacks.some((c) => c.onTrainBatchEnd !== undefined)) return undefined;
  return call(callbacks, race, (c) => c.onTrainBatchEnd?.(batch, trainer.readCounts()));
}
