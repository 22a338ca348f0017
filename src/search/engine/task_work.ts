import { Dataset } from "../../data/dataset.ts";
import { readClassWeight } from "../../models/class_weights.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { weighClasses } from "../../training/weigh_classes.ts";
import { openPlan } from "./open_plan.ts";
import { RunSession } from "./run_session.ts";
import type { FromTrialWorker, RunSamples, RunTask, SamplesPart, SentTensor } from "./trial_messages.ts";
import type { TrialCompilation } from "./trial_compilation.ts";
import type { TrialPlan } from "./trial_plan.ts";

/** What a task needs besides itself. */
export interface TaskMeans {
  readonly plan: TrialPlan;
  readonly samples: ReadonlyMap<number, RunSamples>;
  /** For functions of the user's own, on the calling thread. */
  readonly compiled?: TrialCompilation;
  /** Gets what happens, in order; the last is `reached`, `failed` or `stopped`. */
  tell(message: FromTrialWorker): void;
}

/**
 * Works on a task, on whichever thread: each call of `next` works until `isInterrupted` says true after a step. It is over with
 * `reached`, `failed` or, by `stop`, with `stopped`.
 */
export class TaskWork {
  readonly task: RunTask;
  readonly #means: TaskMeans;
  #session: RunSession | null = null;
  #seconds = 0;
  /** Seconds of training, and epochs that they were for. */
  readonly #trained = { seconds: 0, epochs: 0 };
  #isOver = false;
  #toldAt = performance.now();
  #savedAt = performance.now();

  constructor(task: RunTask, means: TaskMeans) {
    this.task = task;
    this.#means = means;
  }

  /** Whether the last message has been told. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Seconds that an epoch takes, as far as was measured here; null: nothing was. */
  get secondsAnEpoch(): number | null {
    const { seconds, epochs } = this.#trained;
    return epochs === 0 ? null : seconds / epochs;
  }

  /** Works until interrupted. */
  next(isInterrupted: () => boolean): void {
    const started = performance.now();
    const { serial, target } = this.task;
    try {
      const session = this.#session ??= this.#open();
      const [position, ready] = [session.position, performance.now()];
      const isThere = session.advance(target, isInterrupted, () => this.#tellProgress(session));
      this.#trained.seconds += (performance.now() - ready) / 1000;
      this.#trained.epochs += session.position - position;
      this.#seconds += (performance.now() - started) / 1000;
      if (!isThere) return;
      const { epochs, history } = session;
      const progress = { epochs, history, state: session.capture() };
      this.#end({ kind: "reached", serial, progress, seconds: this.#seconds });
    } catch (error) {
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      this.#end({ kind: "failed", serial, reason, seconds: this.#seconds });
    }
  }

  /** Gives up. */
  stop(): void {
    if (!this.#isOver) this.#end({ kind: "stopped", serial: this.task.serial, seconds: this.#seconds });
  }

  #end(message: FromTrialWorker): void {
    this.#isOver = true;
    this.#session = null;
    this.#means.tell(message);
  }

  #tellProgress(session: RunSession): void {
    const { serial, target, reportMs, checkpointMs } = this.task;
    if (session.epochs === target) return;
    const now = performance.now();
    const saves = checkpointMs !== null && now - this.#savedAt >= checkpointMs;
    if (!saves && (reportMs === null || now - this.#toldAt < reportMs)) return;
    this.#toldAt = now;
    if (saves) this.#savedAt = now;
    const { epochs, history } = session;
    this.#means.tell({
      kind: "progress",
      serial,
      progress: { epochs, history: copyHistory(history), state: saves ? session.capture() : null },
    });
  }

  #open(): RunSession {
    const { plan, compiled } = this.#means;
    const { from, train, validation, epochs, batchSize, shuffle, classWeight } = this.task;
    const trainer = openPlan(plan, from.state, compiled);
    const weigh = weighClasses(readClassWeight(classWeight ?? undefined), trainer.compiled.objective);
    return new RunSession(
      trainer,
      {
        train: this.#read(train).withClassWeights(weigh),
        validation: validation === null ? null : this.#read(validation),
        epochs,
        batchSize,
        shuffle,
        seed: plan.seed,
      },
      from.epochs,
      copyHistory(from.history),
    );
  }

  #read({ samples: id, rows }: SamplesPart): Dataset {
    const found = this.#means.samples.get(id);
    if (found === undefined) throw new Error(`There are no samples ${id} here`);
    const toTensor = ({ data, shape }: SentTensor): Tensor => new Tensor(data, shape);
    const { inputs, targets, weights, shapes } = found;
    return new Dataset(inputs.map(toTensor), targets.map(toTensor), weights, { rows, shapes });
  }
}

/** A copy, so that what was told does not change. */
function copyHistory(history: Readonly<Record<string, readonly number[]>>): Record<string, number[]> {
  return Object.fromEntries(Object.entries(history).map(([name, values]) => [name, [...values]]));
}
