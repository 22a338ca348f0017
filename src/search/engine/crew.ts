import { canStartWorkers } from "../../workers/can_start_workers.ts";
import { warnOfOneThread } from "../../workers/warn_of_one_thread.ts";
import { Turn } from "../../data/turn.ts";
import type { WarmWorkers } from "../../workers/warm_workers.ts";
import { CrewWorker } from "./crew_worker.ts";
import { yieldToEventLoop } from "../../data/yield_to_event_loop.ts";
import { TaskWork } from "./task_work.ts";
import type { PlannedTask, TaskSource } from "./task_source.ts";
import type { FromTrialWorker, RunSamples } from "./trial_messages.ts";
import { loadTrialWorkers } from "./trial_workers.ts";

/** Settings of a crew. */
export interface CrewSettings {
  /** Threads, this one included. */
  readonly threads: number;
  /** Whether to start workers even for little work. */
  readonly isAsked: boolean;
  readonly samples: ReadonlyMap<number, RunSamples>;
}

/** How long the calling thread works before it lets the event loop run, in milliseconds. */
const TURN_MS = 8;
/** Starting a worker takes the calling thread about so long, in seconds, and it must be worth it. */
const START_SECONDS = 0.04;
/** A worker has tasks for so long waiting for it, in seconds: the calling thread may be busy for a turn. */
const AHEAD_SECONDS = 0.04;
const MOST_AHEAD = 6;

/** The threads of a search: the calling thread, which works too, and workers with trials of their own. */
export class Crew {
  readonly #source: TaskSource;
  readonly #settings: CrewSettings;
  #workers: CrewWorker[] = [];
  #threads: number;
  #local: TaskWork | null = null;
  #stopLocal = 0;
  #pool: WarmWorkers | null = null;
  #wake: () => void = () => {};
  /** What a message led to, in a turn of the event loop that nobody waits for. */
  #error: { readonly error: unknown } | null = null;
  #tasks = 0;
  #seconds = 0;

  constructor(source: TaskSource, settings: CrewSettings) {
    this.#source = source;
    this.#settings = settings;
    this.#threads = settings.threads;
    if (this.#threads === 1) return;
    const support = canStartWorkers();
    if (support.ok) return;
    this.#threads = 1;
    warnOfOneThread(support);
  }

  /** Works until the source has nothing left, or `isInterrupted` is true. */
  async work(isInterrupted: () => boolean): Promise<void> {
    const turn = new Turn(TURN_MS);
    if (this.#threads > 1) this.#pool = await loadTrialWorkers();
    // While nothing but workers is waited for, the process must not end.
    const alive = setInterval(() => {}, 1000);
    try {
      while (!this.#source.isOver && !isInterrupted()) {
        for (const worker of [...this.#workers]) worker.fetchMail();
        this.#employ();
        this.#local ??= this.#takeLocal();
        if (this.#local === null) {
          if (!this.#source.isOver) await this.#sleep();
          if (this.#error !== null) throw this.#error.error;
          continue;
        }
        turn.begin();
        const { serial } = this.#local.task;
        this.#local.next(() => turn.over || this.#stopLocal === serial);
        const { secondsAnEpoch } = this.#local;
        if (secondsAnEpoch !== null) this.#source.pace.guess = secondsAnEpoch;
        if (this.#stopLocal === serial) this.#local.stop();
        if (this.#local.isOver) this.#local = null;
        await yieldToEventLoop();
        if (this.#error !== null) throw this.#error.error;
      }
    } finally {
      clearInterval(alive);
    }
  }

  /** Stops a task, wherever it is; `stopped` is told, unless it ends before. */
  stop(serial: number): void {
    if (this.#local?.task.serial === serial) this.#stopLocal = serial;
    for (const worker of this.#workers) worker.stop(serial);
  }

  /** Ends all work and sends the workers away. */
  close(): void {
    this.#local = null;
    for (const worker of this.#workers) worker.close();
    this.#workers = [];
  }

  /** Something has changed: look again. */
  wake(): void {
    this.#wake();
  }

  /** Frees what threads keep of a plan. */
  forget(plan: number): void {
    for (const worker of this.#workers) worker.forget(plan);
  }

  /** Gives workers something to do, and starts one if that is worth it. */
  #employ(): void {
    const mean = this.#tasks === 0 ? AHEAD_SECONDS / 3 : this.#seconds / this.#tasks;
    const ahead = Math.max(1, Math.min(MOST_AHEAD, Math.ceil(AHEAD_SECONDS / mean)));
    for (let round = 0; round < ahead; round++) {
      for (const worker of this.#workers) {
        if (worker.waiting > round || !worker.hasRoom) continue;
        const planned = this.#source.next(false);
        if (planned === null) return;
        worker.give(planned, this.#settings.samples);
      }
    }
    if (this.#workers.length + 1 >= this.#threads) return;
    const share = this.#source.secondsLeft / (this.#workers.length + 2);
    if (!this.#settings.isAsked && share < 2 * START_SECONDS) return;
    let worker: CrewWorker;
    try {
      worker = new CrewWorker(this.#pool!, (message) => this.#hear(message), (lost) => this.#lose(lost));
    } catch (error) {
      this.#threads = this.#workers.length + 1;
      console.warn(`retroprop searches on ${this.#threads} threads: ${error instanceof Error ? error.message : error}`);
      return;
    }
    this.#workers.push(worker);
    // Not within `try`: what cannot be sent would be waited for for ever.
    const planned = this.#source.next(false);
    if (planned !== null) worker.give(planned, this.#settings.samples);
  }

  #takeLocal(): TaskWork | null {
    const planned = this.#source.next(true) ?? this.#takeBack();
    if (planned === null) return null;
    const { task, plan, compiled } = planned;
    return new TaskWork(task, {
      plan,
      compiled,
      samples: this.#settings.samples,
      tell: (message) => this.#hear(message),
    });
  }

  /** A task that waits for a worker which is busy with another. */
  #takeBack(): PlannedTask | null {
    const byLoad = this.#workers.toSorted((a, b) => b.waiting - a.waiting);
    for (const worker of byLoad) {
      const task = worker.takeBack();
      if (task !== null) return task;
    }
    return null;
  }

  #hear(message: FromTrialWorker): void {
    if (message.kind !== "progress") {
      this.#tasks++;
      this.#seconds += message.seconds;
    }
    try {
      this.#source.tell(message);
    } catch (error) {
      this.#error ??= { error };
    }
    this.#wake();
  }

  /** A worker has ended. Its place is taken by another when there is something to do. */
  #lose(lost: CrewWorker): void {
    this.#workers = this.#workers.filter((worker) => worker !== lost);
    this.#wake();
  }

  #sleep(): Promise<void> {
    const { pollMs } = this.#source;
    return new Promise((resolve) => {
      const timer = pollMs === null ? undefined : setTimeout(() => this.#wake(), pollMs);
      this.#wake = (): void => {
        clearTimeout(timer);
        this.#wake = () => {};
        resolve();
      };
    });
  }
}
