import { canStartWorkers } from "./can_start_workers.ts";
import { countCores } from "./count_cores.ts";
import { CONTROL, MAX_RANKS, PRESENCE, RECORD, recordWord, SLICE_MS } from "./control.ts";
import { mayWait } from "./may_wait.ts";
import type { ModelMemory } from "./model_memory.ts";
import type { StartedWorker } from "./started_worker.ts";
import { TeamFailure } from "./team_failure.ts";
import type { BoardWork, FromWorker } from "./worker_messages.ts";
import { giveBackWorker, takeWorker } from "./worker_pool.ts";

/** How long workers may take to bind themselves to a memory, in milliseconds. */
const START_MS = 1500;
/** How long warm workers are waited for without letting the event loop run, in milliseconds. */
const WARM_START_MS = 2;
/** How long a rank that was lost may take to come out after all, in milliseconds. */
const LEAVE_MS = 150;

/**
 * How often a thread looks before it sleeps, where each has a core: about 40 µs, which is what waking takes. Longer brings nothing, and
 * costs a lot where another process has the other core; a quarter of it makes a step of 784-512-512-10 slower by 1 %.
 */
const SPINS = 100_000;

/** Tells the teams of a worker apart. */
let tickets = 0;

/** One worker of a team, and what is known of it. */
interface Member {
  readonly worker: StartedWorker;
  readonly rank: number;
  /** Tells what the worker says of this memory from what it said of others. */
  ticket: number;
  /** What it said when it failed. */
  error: string | null;
  /** The pool has it back, or it was ended. */
  settled: boolean;
}

/** The threads that run the programs of one memory together: the calling thread is rank 0, the others are workers. */
export class Team {
  readonly #home: ModelMemory;
  readonly #words: Int32Array;
  #ranks: number;
  #members: Member[] = [];
  readonly #since = performance.now();
  #closed = false;

  /** What each rank works on by itself; null: programs are launched for all ranks together. */
  readonly #workOf: ((rank: number) => BoardWork) | null;

  private constructor(home: ModelMemory, ranks: number, workOf: ((rank: number) => BoardWork) | null) {
    this.#home = home;
    this.#workOf = workOf;
    this.#words = home.words;
    this.#ranks = ranks;
  }

  /** How many threads work together, the calling one included. */
  get ranks(): number {
    return this.#ranks;
  }

  /**
   * Starts workers, or takes warm ones, and binds them to a memory; they are not ready yet.
   *
   * @param ranks how many threads there are, this one included: 2 … 64
   * @param workOf a queue of batches that each rank works on by itself, instead of programs for all ranks together
   * @throws Error if workers cannot be had here
   */
  static open(home: ModelMemory, ranks: number, workOf: ((rank: number) => BoardWork) | null = null): Team {
    const support = canStartWorkers();
    if (!support.ok) throw new Error(`Cannot use ${ranks} threads: ${support.reason}; ${support.cure}`);
    if (ranks > MAX_RANKS) throw new RangeError(`Cannot use ${ranks} threads: at most ${MAX_RANKS} can work together`);
    const team = new Team(home, ranks, workOf);
    home.team = team;
    team.#prepare();
    try {
      for (let rank = 1; rank < ranks; rank++) team.#add(rank);
    } catch (error) {
      team.close();
      throw new Error(`Cannot use ${ranks} threads: ${error instanceof Error ? error.message : error}`, {
        cause: error,
      });
    }
    return team;
  }

  /** Blanks the control block. Nobody may be looking at it. */
  #prepare(): void {
    const words = this.#words;
    words.fill(0);
    words[CONTROL.spins] = this.ranks <= countCores() ? SPINS : 50;
    words[CONTROL.ranks] = this.ranks;
    words[CONTROL.mayWait] = mayWait() ? 1 : 0;
  }

  #add(rank: number): void {
    const worker = takeWorker();
    const member: Member = { worker, rank, ticket: 0, error: null, settled: false };
    this.#members.push(member);
    worker.onMessage((message) => {
      const answer = message as FromWorker;
      if (answer.ticket !== member.ticket) return;
      member.error ??= answer.error;
      if (this.#closed) this.#settle(member);
    });
    worker.onError((error) => {
      member.error ??= error.message;
      Atomics.compareExchange(this.#words, CONTROL.abort, 0, rank + 1);
      this.#end(member);
    });
    this.#attach(member);
  }

  #attach(member: Member): void {
    const { module, memory, control } = this.#home;
    const { worker, rank } = member;
    member.ticket = ++tickets;
    const work = this.#workOf?.(rank);
    worker.post({ kind: "attach", module, memory, control, rank, ticket: member.ticket, ...(work ? { work } : {}) });
  }

  /**
   * Binds the workers anew after the memory has grown. A thread that is inside wasm when another one grows the memory may go on with the
   * old size, and trap where there is memory.
   *
   * @throws Error if a worker does not come back
   */
  renew(): void {
    // A queue is where it was when its workers were bound; the calling thread does the rest of it.
    if (this.#workOf === null) this.#reform(this.#ranks);
    else this.close();
  }

  /**
   * Lets fewer or more threads work together. Workers that are not needed are kept warm for a moment.
   *
   * @param ranks how many, this one included: 2 … 64
   * @throws Error if a worker does not come back, or none is to be had
   */
  resize(ranks: number): void {
    if (ranks !== this.#ranks) this.#reform(ranks);
  }

  #reform(ranks: number): void {
    if (this.#closed || Atomics.load(this.#words, CONTROL.abort) !== 0) return;
    this.waitUntilReady();
    this.#sendAway();
    const lost = this.#members.find((member) => member.error !== null || this.#presence(member) !== PRESENCE.left);
    if (lost !== undefined) throw this.failure(lost.rank);
    for (const member of this.#members.splice(ranks - 1)) this.#settle(member);
    this.#ranks = ranks;
    this.#prepare();
    for (const member of this.#members) this.#attach(member);
    for (let rank = this.#members.length + 1; rank < ranks; rank++) this.#add(rank);
    this.waitUntilReady();
  }

  /** Waits until every worker is bound, letting the event loop run. @throws Error if one does not come up in time */
  async untilReady(): Promise<void> {
    const until = performance.now() + START_MS;
    this.#wait(PRESENCE.absent, WARM_START_MS);
    while (!this.#ready()) {
      if (performance.now() > until) this.#giveUp();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  /** Waits until every worker is bound, without letting the event loop run. @throws Error if one does not come up in time */
  waitUntilReady(): void {
    this.#wait(PRESENCE.absent, START_MS);
    if (!this.#ready()) this.#giveUp();
  }

  /** Whether every worker is bound by now. @throws Error if one failed, or does not come up in time */
  get isReady(): boolean {
    if (this.#ready()) return true;
    if (performance.now() - this.#since > START_MS) this.#giveUp();
    return false;
  }

  #presence({ rank }: Member): number {
    return Atomics.load(this.#words, recordWord(rank, RECORD.presence));
  }

  /** Waits until no member is where it was, or the time is over, or the run is aborted while workers start. */
  #wait(presence: number, milliseconds: number, members: readonly Member[] = this.#members): boolean {
    const until = performance.now() + milliseconds;
    for (const member of members) {
      while (this.#presence(member) === presence) {
        const left = until - performance.now();
        if (left <= 0) return false;
        if (presence === PRESENCE.absent && Atomics.load(this.#words, CONTROL.abort) !== 0) return false;
        // Sleep in slices: what happened to another member shows in the abort word only.
        const word = recordWord(member.rank, RECORD.presence);
        if (mayWait()) Atomics.wait(this.#words, word, presence, Math.min(left, 10));
      }
    }
    return true;
  }

  #ready(): boolean {
    const abort = Atomics.load(this.#words, CONTROL.abort);
    if (abort !== 0) throw this.failure(abort - 1);
    return this.#members.every((member) => this.#presence(member) !== PRESENCE.absent);
  }

  #giveUp(): never {
    const { rank } = this.#members.find((member) => this.#presence(member) === PRESENCE.absent)!;
    Atomics.compareExchange(this.#words, CONTROL.abort, 0, rank + 1);
    throw this.failure(rank, `it did not start within ${START_MS} ms`);
  }

  /** The error for a lost rank, with what is known of it by now. */
  failure(rank: number, reason?: string): Error {
    const member = this.#members.find((other) => other.rank === rank);
    const failed = member !== undefined && this.#presence(member) === PRESENCE.failed;
    const why = reason ?? member?.error ?? (failed ? "its program failed" : "it stopped answering");
    return new Error(
      `Cannot go on: worker rank ${rank} of ${this.ranks} was lost: ${why}. The model keeps its last finished step.`,
      { cause: new TeamFailure(rank) },
    );
  }

  /**
   * After a failure: waits until the ranks that live have stopped; they do so after the instruction that they are at. The lost one gets
   * but a moment.
   */
  waitUntilStopped(): void {
    const lost = Atomics.load(this.#words, CONTROL.abort) - 1;
    const alive = this.#members.filter(({ rank, error }) => rank !== lost && error === null);
    this.#wait(PRESENCE.serving, this.#words[CONTROL.limit] * SLICE_MS, alive);
    this.#wait(PRESENCE.serving, LEAVE_MS, this.#members.filter(({ error }) => error === null));
  }

  /**
   * Sends the workers away from the memory; those that are well are kept warm for the next team. If one does not come out, the model moves
   * to another memory, so that nobody else writes into it.
   */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#home.team === this) this.#home.team = null;
    this.#sendAway();
    for (const member of this.#members) this.#settle(member);
    if (this.#members.some((member) => member.error === null && this.#presence(member) < PRESENCE.left)) {
      this.#home.move();
    }
  }

  /** Tells the workers to leave the memory, and waits until they have. */
  #sendAway(): void {
    const words = this.#words;
    Atomics.store(words, CONTROL.stop, 1);
    // Whoever is still at a barrier leaves it.
    Atomics.compareExchange(words, CONTROL.abort, 0, 1);
    Atomics.add(words, CONTROL.generation, 1);
    Atomics.notify(words, CONTROL.generation);
    for (let rank = 0; rank < this.ranks; rank++) Atomics.notify(words, recordWord(rank, RECORD.arrived));
    this.waitUntilStopped();
  }

  /** Gives a worker back once it has left; one that failed, or did not start, is ended. */
  #settle(member: Member): void {
    const presence = this.#presence(member);
    // Inside wasm a thread cannot be ended everywhere: it is left alone until it comes out.
    if (presence === PRESENCE.serving && member.error === null) return;
    if (member.error !== null || presence !== PRESENCE.left) this.#end(member);
    else if (!member.settled) {
      member.settled = true;
      giveBackWorker(member.worker);
    }
  }

  #end(member: Member): void {
    if (member.settled) return;
    member.settled = true;
    member.worker.terminate();
  }
}
