import { canStartWorkers } from "./can_start_workers.ts";
import { CONTROL, MAX_RANKS, RECORD, recordWord } from "./control.ts";
import { type ModelMemory, TeamFailure } from "./model_memory.ts";
import type { StartedWorker } from "./started_worker.ts";
import { giveBackWorker, takeWorker } from "./worker_pool.ts";
import type { FromWorker } from "./worker_messages.ts";

/** How long workers may take to bind themselves to a memory, in milliseconds. */
const START_MS = 1500;
/** How long a rank may stay where it is before it counts as lost, in slices of 10 ms. */
const LOST_SLICES = 120;

/** One worker of a team, and what is known of it. */
interface Member {
  readonly worker: StartedWorker;
  readonly rank: number;
  /** It has left the memory, and can serve another. */
  left: boolean;
  error: string | null;
}

/** The threads that run the programs of one memory together: the calling thread is rank 0, the others are workers. */
export class Team {
  readonly ranks: number;
  readonly #home: ModelMemory;
  readonly #members: Member[] = [];
  #closed = false;

  private constructor(home: ModelMemory, ranks: number) {
    this.#home = home;
    this.ranks = ranks;
  }

  /**
   * Starts workers, or takes warm ones, and binds them to a memory; they are not ready yet.
   *
   * @param ranks how many threads there are, this one included: 2 … 64
   * @throws Error if workers cannot be had here
   */
  static open(home: ModelMemory, ranks: number): Team {
    const support = canStartWorkers();
    if (!support.ok) throw new Error(`Cannot use ${ranks} threads: ${support.reason}; ${support.cure}`);
    if (ranks > MAX_RANKS) throw new RangeError(`Cannot use ${ranks} threads: at most ${MAX_RANKS} can work together`);
    const team = new Team(home, ranks);
    home.team = team;
    const { words } = home;
    words.fill(0);
    const cores = globalThis.navigator?.hardwareConcurrency ?? 2;
    words[CONTROL.spins] = ranks <= cores ? 20_000 : 50;
    words[CONTROL.mayWait] = mayWait() ? 1 : 0;
    words[CONTROL.limit] = LOST_SLICES;
    try {
      for (let rank = 1; rank < ranks; rank++) team.#add(rank);
    } catch (error) {
      team.close();
      throw error;
    }
    return team;
  }

  #add(rank: number): void {
    const worker = takeWorker();
    const member: Member = { worker, rank, left: false, error: null };
    this.#members.push(member);
    worker.onMessage((message) => {
      const { error } = message as FromWorker;
      member.left = true;
      member.error ??= error;
      this.#settle(member);
    });
    worker.onError((error) => {
      member.error ??= error.message;
      member.left = true;
      Atomics.compareExchange(this.#home.words, CONTROL.abort, 0, rank + 1);
      this.#settle(member);
    });
    const { module, memory, control } = this.#home;
    worker.post({ kind: "attach", module, memory, control, rank });
  }

  /** Waits until every worker is bound, letting the event loop run. @throws Error if one does not come up in time */
  async untilReady(): Promise<void> {
    const until = performance.now() + START_MS;
    while (!this.#ready()) {
      if (performance.now() > until) this.#giveUp();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  /** Waits until every worker is bound, without letting the event loop run. @throws Error if one does not come up in time */
  waitUntilReady(): void {
    const until = performance.now() + START_MS;
    const { words } = this.#home;
    while (!this.#ready()) {
      if (performance.now() > until) this.#giveUp();
      if (mayWait()) Atomics.wait(words, CONTROL.abort, 0, 1);
    }
  }

  #ready(): boolean {
    const { words } = this.#home;
    if (Atomics.load(words, CONTROL.abort) !== 0) throw this.failure(Atomics.load(words, CONTROL.abort) - 1);
    return this.#members.every(({ rank }) => Atomics.load(words, recordWord(rank, RECORD.ready)) === 1);
  }

  #giveUp(): never {
    const { words } = this.#home;
    const { rank } = this.#members.find((member) => Atomics.load(words, recordWord(member.rank, RECORD.ready)) !== 1)!;
    throw this.failure(rank, `it did not start within ${START_MS} ms`);
  }

  /** The error for a lost rank, with what is known of it by now. */
  failure(rank: number, reason?: string): Error {
    const member = this.#members.find((other) => other.rank === rank);
    const why = reason ?? member?.error ?? "it stopped answering";
    return new Error(
      `Cannot go on: worker rank ${rank} of ${this.ranks} was lost: ${why}. The model keeps its last finished step.`,
      { cause: new TeamFailure(rank) },
    );
  }

  /** After a failure: waits, for a moment, until the ranks that live have stopped. */
  waitUntilStopped(): void {
    const { words } = this.#home;
    const until = performance.now() + 200;
    const busy = ({ rank }: Member): boolean => Atomics.load(words, recordWord(rank, RECORD.ready)) === 1;
    while (this.#members.some(busy) && performance.now() < until) {
      if (mayWait()) Atomics.wait(words, CONTROL.generation, Atomics.load(words, CONTROL.generation), 1);
    }
  }

  /** Sends the workers away from the memory; those that are well are kept warm for the next team. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#home.team === this) this.#home.team = null;
    const { words } = this.#home;
    Atomics.store(words, CONTROL.stop, 1);
    Atomics.add(words, CONTROL.generation, 1);
    Atomics.notify(words, CONTROL.generation);
    // The next team of this memory begins with a blank block, which nobody may still be looking at.
    this.waitUntilStopped();
    for (const member of this.#members) this.#settle(member);
  }

  /** Gives a worker back once it has left; one that failed is ended. */
  #settle(member: Member): void {
    if (!this.#closed && member.error === null) return;
    if (member.error !== null) member.worker.terminate();
    else if (member.left) giveBackWorker(member.worker);
  }
}

/** Whether this thread may sleep: not a browser's main thread. */
function mayWait(): boolean {
  return typeof (globalThis as { document?: unknown }).document === "undefined";
}
