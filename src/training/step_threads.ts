import { canStartWorkers } from "../workers/can_start_workers.ts";
import { countCores } from "../workers/count_cores.ts";
import { mayWait } from "../workers/may_wait.ts";
import type { ModelMemory } from "../workers/model_memory.ts";
import { Team } from "../workers/team.ts";
import { TeamFailure } from "../workers/team_failure.ts";
import { warnOfOneThread } from "../workers/warn_of_one_thread.ts";
import { listThreadCounts } from "./list_thread_counts.ts";
import { startCost } from "./start_cost.ts";
import { ThreadChooser } from "./thread_chooser.ts";

/** The first steps of a fit, which find everything cold, are not looked at; where there are few, but one. */
const COLD_STEPS = 2;
const FEW_STEPS = 16;
/** Milliseconds that each thread must have of a step: less would not pay for the meetings. */
const LEAST_SHARE_MS = 0.04;
/** More threads than these bring nothing in a step. */
const MOST_THREADS = 16;
/** Workers are not started only to look again, unless the rest of the fit takes so many times as long as their start. */
const LOOK_AGAIN = 10;

/** What may differ in tests. */
export interface StepThreadsOptions {
  /** How many threads can run at once. Default: as many as there are cores. */
  readonly cores?: number;
  /** Reads the clock, in milliseconds. */
  readonly now?: () => number;
}

/**
 * The threads of a training with `workers: "auto"`: measures steps as they run, starts workers when that pays, and chooses with how many
 * threads each step runs. What it has learnt of a batch size is kept for the next fit.
 */
export class StepThreads {
  readonly #memory: ModelMemory;
  readonly #cores: number;
  readonly #now: () => number;
  #chooser: ThreadChooser | null = null;
  /** The work of a whole batch, which the chooser has learnt from. */
  #work = 0;
  /** The least milliseconds that a unit of work has taken on one thread: how long the rest of a fit will take at least. */
  #pace = Infinity;
  #stepsLeft = Infinity;
  #coldSteps = 0;
  #team: Team | null = null;
  #isReady = false;
  #isRefused = false;
  #opening: Promise<void> | null = null;
  #msBefore = 0;
  #startedAt = 0;
  #threads = 1;
  #isRunning = false;
  #isSkipped = false;

  constructor(memory: ModelMemory, { cores = countCores(), now = () => performance.now() }: StepThreadsOptions = {}) {
    this.#memory = memory;
    this.#cores = Math.min(cores, MOST_THREADS);
    this.#now = now;
  }

  /**
   * Begins a fit.
   *
   * @param work the work of a whole batch, in the unit of `end`; null if nobody knows
   * @param steps how many steps there will be; null if nobody knows
   */
  begin(work: number | null, steps: number | null): void {
    if (work !== null && this.#work !== work) {
      this.#chooser = null;
      this.#pace = Infinity;
    }
    this.#work = work ?? this.#work;
    this.#stepsLeft = steps ?? Infinity;
    this.#coldSteps = this.#stepsLeft < FEW_STEPS ? 1 : COLD_STEPS;
    this.#isRefused = false;
    this.#msBefore = 0;
    const chooser = this.#chooser;
    if (steps !== null && chooser !== null && chooser.best > 1 && this.#pays(chooser)) this.#open(chooser.best);
  }

  /** Begins a step, and says how many threads it runs with. */
  choose(): number {
    this.#isRunning = true;
    this.#isSkipped = false;
    this.#startedAt = this.#now();
    this.#threads = 1;
    if (this.#team !== null && !this.#isRefused && this.#hasStarted()) {
      this.#threads = this.#chooser!.threads;
      if (this.#threads > 1) this.#team.resize(this.#threads);
    }
    return this.#threads;
  }

  /** The step that runs does something that others do not do: its time is not looked at. */
  skip(): void {
    this.#isSkipped = true;
  }

  /** There is no memory for more than one thread. */
  refuse(): number {
    this.#isRefused = true;
    return this.#threads = 1;
  }

  /**
   * Ends a step; one that was not begun is none of a fit.
   *
   * @param work how much work it was
   * @returns whether it is worth asking again; if not, all further steps run on this thread
   */
  end(work: number): boolean {
    if (!this.#isRunning) return true;
    this.#isRunning = false;
    const ms = this.#now() - this.#startedAt;
    this.#stepsLeft--;
    const isCold = this.#coldSteps-- > 0;
    this.#msBefore += ms;
    this.#work = Math.max(this.#work, work);
    if (this.#isRefused) return this.#team !== null;
    // The last batch of an epoch is smaller; what is the same for all batches weighs more in it.
    if (this.#isSkipped || isCold || work < this.#work / 2) return true;
    if (this.#chooser === null) {
      const most = Math.min(this.#cores, Math.floor(ms / LEAST_SHARE_MS));
      if (most < 2) return false;
      this.#chooser = new ThreadChooser(listThreadCounts(most));
    }
    if (this.#threads === 1) this.#memory.pace = this.#pace = Math.min(this.#pace, ms / work);
    // A step may have run on one thread because workers are not there.
    if (this.#threads === this.#chooser.threads) this.#chooser.tell(ms, work);
    if (this.#team !== null || this.#chooser.threads === 1) return true;
    if (this.#pace * this.#work < 2 * LEAST_SHARE_MS) return false;
    if (this.#pays(this.#chooser)) this.#open(this.#chooser.threads);
    return true;
  }

  /** How many threads are to run programs between two steps. */
  get resting(): number {
    const best = this.#chooser?.best ?? 1;
    return this.#isReady && this.#team!.ranks === best && !this.#isRefused ? best : 1;
  }

  /** Something to wait for before the next step, where a thread that waits keeps workers from starting. */
  get opening(): Promise<void> | null {
    return this.#opening;
  }

  /** Runs a fit, and sends the workers away when it ends. */
  async run<T>(body: () => Promise<T>): Promise<T> {
    try {
      return await body();
    } catch (error) {
      if (!(error instanceof TeamFailure) || this.#team === null) throw error;
      // What the worker had to say arrives in a later turn of the event loop.
      await new Promise((resolve) => setTimeout(resolve, 50));
      throw this.#team.failure(error.rank);
    } finally {
      this.#close();
    }
  }

  #close(): void {
    this.#team?.close();
    this.#team = null;
    this.#isReady = false;
    this.#opening = null;
  }

  /** Whether starting workers for the rest of the fit pays. Where the end is unknown, half is taken to be over. */
  #pays(chooser: ThreadChooser): boolean {
    const { threads, isNew, best } = chooser;
    const left = this.#stepsLeft === Infinity ? this.#msBefore : this.#stepsLeft * this.#pace * this.#work;
    const cost = startCost(threads);
    return isNew || best > 1 ? left * (1 - 1 / threads) > cost : left > LOOK_AGAIN * cost;
  }

  #open(threads: number): void {
    const support = canStartWorkers();
    if (!support.ok) {
      this.#isRefused = true;
      return warnOfOneThread(support);
    }
    try {
      this.#team = Team.open(this.#memory, threads);
      if (!mayWait()) this.#opening = this.#team.untilReady().catch(() => {});
    } catch (error) {
      this.#giveUp(error);
    }
  }

  /** Whether the workers are there; they start while this thread trains. */
  #hasStarted(): boolean {
    if (this.#isReady) return true;
    try {
      this.#isReady = this.#team!.isReady;
      if (this.#isReady) this.#opening = null;
    } catch (error) {
      this.#giveUp(error);
    }
    return this.#isReady;
  }

  #giveUp(error: unknown): void {
    this.#isRefused = true;
    this.#close();
    console.warn(`retroprop trains on one thread: ${error instanceof Error ? error.message : error}`);
  }
}
