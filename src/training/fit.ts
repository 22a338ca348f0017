import type { ClassWeights, Dataset } from "../data/dataset.ts";
import { isThenable } from "../errors/is_thenable.ts";
import { SignalRace } from "../data/signal_race.ts";
import { Turn } from "../data/turn.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { callCallbacks } from "./call_callbacks.ts";
import type { Callback, Evaluation, FitData, FitParams, Logs, TrainedModel, TrainEnd } from "./callback.ts";
import { evaluateBatch, evaluateSamples } from "./evaluate_samples.ts";
import { checkWeights } from "./check_weights.ts";
import { EpochSteps } from "./epoch_steps.ts";
import { FitState } from "./fit_state.ts";
import type { History } from "./history.ts";
import type { Progress } from "./progress.ts";
import { StreamBatches, type StreamSource } from "./stream_batches.ts";
import { takeStep } from "./take_step.ts";
import type { Trainer } from "./trainer.ts";

/** A fit whose options are checked and whose data are read. */
export interface FitJob {
  readonly trainer: Trainer;
  readonly model: TrainedModel;
  /** Samples in memory, or a stream of batches. */
  readonly data: Dataset | StreamSource;
  /** What to validate with; null: nothing. */
  readonly validation: Dataset | StreamSource | null;
  readonly epochs: number;
  readonly initialEpoch: number;
  readonly batchSize: number;
  readonly validationBatchSize: number;
  readonly validationFreq: number;
  readonly shuffle: boolean;
  readonly seed: number;
  /** The weight of a sample's class, by its label, for the batches of a stream; null for none. */
  readonly classWeight: ClassWeights | null;
  readonly callbacks: readonly Callback[];
  readonly signal: AbortSignal | null;
  readonly progress: Progress | null;
  readonly params: FitParams;
  /** Empty; takes the numbers of every epoch, also of a fit that fails. */
  readonly history: History;
}

/** Milliseconds that training may keep the thread before it lets the event loop run. */
const TURN_MS = 40;

/** Milliseconds that `onTrainEnd` may take after an abort: who aborts does not wait for a promise that never settles. */
const END_MS = 2000;

/**
 * Trains for the epochs of the job: the loop behind `model.fit`. However it ends, the stream is closed, the moving average of the weights
 * takes their place, and `onTrainEnd` is called where `onTrainBegin` was; of several errors the first is thrown.
 *
 * @param withThreads runs the epochs with the threads that they are to have; before and after, the calling thread is alone
 */
export async function fit(job: FitJob, withThreads: (epochs: () => Promise<void>) => Promise<void>): Promise<History> {
  const { trainer, model, history, signal } = job;
  const callbacks = [...job.callbacks].sort((a, b) => Number(a.setFit !== undefined) - Number(b.setFit !== undefined));
  const race = new SignalRace(signal);
  const { data, validation } = job;
  const waits = callbacks.some((c) => c.onTrainBatchBegin !== undefined);
  const batches = "stream" in data ? new StreamBatches(data, trainer, race, { what: "train", waits }) : null;
  const tests = validation !== null && "stream" in validation
    ? new StreamBatches(validation, trainer, race, { what: "validate", waits: false })
    : null;
  const state = new FitState({ model, trainer, callbacks, history, race });
  const shown = { history, samples: "stream" in data ? null : data, batch: null };
  const run: FitRun = { ...job, callbacks, race, batches, tests, state, shown };
  const failures: unknown[] = [];
  const attempt = async (task: () => unknown): Promise<void> => {
    try {
      await task();
    } catch (error) {
      failures.push(error);
    }
  };
  const begun: Callback[] = [];
  let before = -1;
  await attempt(async () => {
    const start = await prepare(run);
    for (const callback of callbacks) {
      await callCallbacks([callback], race, (c) => c.onTrainBegin?.({}));
      begun.push(callback);
    }
    await state.restoreCallbacks();
    before = trainer.iteration;
    await withThreads(() => train(run, start));
  });
  await attempt(() => batches?.close());
  await attempt(() => tests?.close());
  race.close();
  const isTrained = before >= 0 && (trainer.iteration !== before || state.isRestored);
  if (isTrained) await attempt(() => trainer.finish());
  const end: TrainEnd = failures.length === 0 ? { isComplete: true } : { isComplete: false, error: failures[0] };
  for (const callback of begun) await attempt(() => endTraining(callback, state.logs, end, signal));
  if (failures.length > 0) throw failures[0];
  return history;
}

/** A fit that runs. */
interface FitRun extends FitJob {
  readonly race: SignalRace;
  /** The batches of a stream; null for samples in memory. */
  readonly batches: StreamBatches | null;
  /** As `batches`, to validate with. */
  readonly tests: StreamBatches | null;
  readonly state: FitState;
  /** What callbacks may see of the data. */
  readonly shown: FitData & { batch: Dataset | null };
}

/** Where a fit begins. */
interface Start {
  readonly epoch: number;
  readonly batch: number;
}

/** Hands the callbacks what they work with, and asks them where to begin. */
async function prepare({ model, params, callbacks, race, state, shown, initialEpoch }: FitRun): Promise<Start> {
  model.stopTraining = false;
  for (const callback of callbacks) {
    await callCallbacks([callback], race, (c) => c.setModel?.(model));
    await callCallbacks([callback], race, (c) => c.setParams?.(params));
    await callCallbacks([callback], race, (c) => c.setFitData?.(shown));
    await callCallbacks([callback], race, (c) => c.setFit?.(state));
  }
  const start = { epoch: initialEpoch, batch: 0 };
  const ask = async (name: "initialEpoch" | "initialBatch", callback: Callback): Promise<number | null> => {
    const given = callback[name]?.();
    const value = isThenable(given) ? await race.wait(given) : given;
    return value == null ? null : checkInteger("fit", `what ${name} of a callback returns`, value, { min: 0 });
  };
  for (const callback of callbacks) {
    start.epoch = await ask("initialEpoch", callback) ?? start.epoch;
    start.batch = await ask("initialBatch", callback) ?? start.batch;
  }
  return start;
}

/** Tells a callback that training is over. After an abort, a promise is waited for a while only. */
async function endTraining(callback: Callback, logs: Logs, end: TrainEnd, signal: AbortSignal | null): Promise<void> {
  const result: unknown = callback.onTrainEnd?.(logs, end);
  if (!isThenable(result)) return;
  const limit = new AbortController();
  const timer = signal?.aborted ? setTimeout(() => limit.abort(signal.reason), END_MS) : undefined;
  const race = new SignalRace(signal?.aborted ? limit.signal : signal);
  try {
    await race.wait(result);
  } finally {
    clearTimeout(timer);
    race.close();
  }
}

/** Runs the epochs, and then shows and frees what is left, whatever happens. */
async function train(run: FitRun, start: Start): Promise<void> {
  try {
    await runEpochs(run, start);
  } finally {
    run.trainer.memory.release();
    const shown = run.progress?.onTrainEnd();
    if (shown !== undefined) await shown;
  }
}

async function runEpochs(job: FitRun, start: Start): Promise<void> {
  const { trainer, callbacks, model, progress, race, batches, state, history } = job;
  const turn = new Turn(TURN_MS);
  const steps = "stream" in job.data ? null : new EpochSteps(trainer, job.data, job);
  const others = callbacks.filter((callback) => callback.setFit === undefined);
  const keepers = callbacks.slice(others.length);
  // An epoch that a batch ended early, before it was interrupted, is to be ended.
  const isOpen = (epoch: number): boolean => epoch === start.epoch && start.batch > 0;
  for (let epoch = start.epoch; epoch < job.epochs && (!model.stopTraining || isOpen(epoch)); epoch++) {
    const firstBatch = epoch === start.epoch ? start.batch : 0;
    if (callbacks.length === 0) trainer.counts.reset();
    else await state.beginEpoch(firstBatch, () => callCallbacks(callbacks, race, (c) => c.onEpochBegin?.(epoch, {})));
    progress?.onEpochBegin(epoch);
    const started = progress === null ? 0 : performance.now();
    if (!(model.stopTraining && isOpen(epoch))) {
      if (batches !== null) await runStreamEpoch(job, batches, epoch, firstBatch, turn);
      else {
        // Not in a function of its own, which would be asynchronous, or a generator: an epoch may take a microsecond.
        for (steps!.begin(epoch, firstBatch); !steps!.isOver;) {
          const first = beginStep(job, steps!.batch);
          if (first !== undefined) await first;
          job.signal?.throwIfAborted();
          const waiting = endStep(job, steps!.next());
          if (waiting !== undefined) await waiting;
          const opening = trainer.threads?.opening;
          if (opening) await opening;
          if (model.stopTraining) break;
          if (turn.over) await turn.rest();
        }
      }
    }
    const logs: Logs & { loss: number } = trainer.counts.read();
    // Nothing that is not finite may reach validation, a callback that saves, or the user. Short of these the next loss shows it.
    if (callbacks.length > 0 || job.validation !== null || epoch + 1 === job.epochs) {
      checkWeights(trainer, epoch);
    }
    if (job.validation !== null && (epoch + 1) % job.validationFreq === 0) {
      if (callbacks.length > 0) await callCallbacks(callbacks, race, (c) => c.onTestBegin?.({}));
      Object.assign(logs, await validate(job, job.validation, epoch, turn));
      if (callbacks.length > 0) await callCallbacks(callbacks, race, (c) => c.onTestEnd?.(logs));
    }
    trainer.epochs++;
    // Callbacks first: some add to the logs, as Keras's do (`learning_rate`).
    if (others.length > 0) await callCallbacks(others, race, (c) => c.onEpochEnd?.(epoch, logs));
    history.add(epoch, logs);
    state.logs = logs;
    if (keepers.length > 0) await callCallbacks(keepers, race, (c) => c.onEpochEnd?.(epoch, logs));
    progress?.onEpochEnd(epoch, logs, (performance.now() - started) / 1000);
  }
}

/** Loss and metrics of the validation, named with `val_`. */
async function validate(
  { trainer, tests, validationBatchSize, signal }: FitRun,
  validation: Dataset | StreamSource,
  epoch: number,
  turn: Turn,
): Promise<Evaluation> {
  if ("stream" in validation) {
    const counts = trainer.createCounts();
    tests!.begin(epoch);
    for (;;) {
      const next = tests!.next();
      const samples = isThenable(next) ? await next : next;
      if (samples === null) break;
      trainer.countInto(counts, () => evaluateBatch(trainer, samples, 0, samples.count));
      if (turn.over) await turn.rest();
      signal?.throwIfAborted();
    }
    tests!.end();
    return trainer.countInto(counts, () => trainer.counts.read("val_"));
  }
  return evaluateSamples(trainer, validation, validationBatchSize, "val_");
}

async function runStreamEpoch(
  job: FitRun,
  batches: StreamBatches,
  epoch: number,
  firstBatch: number,
  turn: Turn,
): Promise<void> {
  const { trainer, classWeight, shown } = job;
  batches.begin(epoch);
  for (let batch = 0;; batch++) {
    const next = batches.next();
    const read = isThenable(next) ? await next : next;
    if (read === null) break;
    const samples = read.withClassWeights(classWeight);
    shown.batch = samples;
    job.signal?.throwIfAborted();
    // The first ones may have been done before the run was interrupted.
    if (batch >= firstBatch) {
      const first = beginStep(job, batch);
      if (first !== undefined) await first;
      job.signal?.throwIfAborted();
      trainer.beginStep();
      const { shapes } = samples;
      const program = trainer.program("train", samples.count, shapes);
      const weights = samples.fill(program, null, 0, samples.count);
      takeStep(trainer, { program, rows: samples.count, shapes, weights, epoch, batch });
      const waiting = endStep(job, batch);
      if (waiting !== undefined) await waiting;
      if (trainer.threads?.opening) await trainer.threads.opening;
      if (job.model.stopTraining) break;
    }
    if (turn.over) await turn.rest();
  }
  batches.end();
}

/** Tells of a step that comes. Nothing is waited for unless a callback asks for it. */
function beginStep({ callbacks, race }: FitRun, batch: number): Promise<void> | undefined {
  if (callbacks.length === 0 || !callbacks.some((c) => c.onTrainBatchBegin !== undefined)) return undefined;
  return callCallbacks(callbacks, race, (c) => c.onTrainBatchBegin?.(batch, {}));
}

/** Tells of a step that was taken. Nothing is waited for unless a callback asks for it. */
function endStep({ trainer, callbacks, progress, race }: FitRun, batch: number): Promise<void> | undefined {
  progress?.onBatchEnd(batch, () => trainer.counts.read());
  if (callbacks.length === 0 || !callbacks.some((c) => c.onTrainBatchEnd !== undefined)) return undefined;
  return callCallbacks(callbacks, race, (c) => c.onTrainBatchEnd?.(batch, trainer.counts.read()));
}
