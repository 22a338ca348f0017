import { canStartWorkers } from "../workers/can_start_workers.ts";
import { type BatchHandler, BatchQueue } from "../workers/batch_queue.ts";
import { countCores } from "../workers/count_cores.ts";
import type { LoadedProgram } from "../workers/loaded_program.ts";
import { mayWait } from "../workers/may_wait.ts";
import type { ModelMemory } from "../workers/model_memory.ts";
import { warnOfOneThread } from "../workers/warn_of_one_thread.ts";
import { workOf } from "../ops/work_of.ts";
import { runBatches } from "./run_batches.ts";
import { startCost } from "./start_cost.ts";
import { limitThreads, type Workers } from "./threads.ts";

/** Batches that are measured before it is decided how many threads run the rest. */
const MEASURED = 4;
/** One that takes so many milliseconds suffices, however cold it was. */
const LONG_MS = 100;
/** Of fewer batches than these none is measured, if it is known from before how long they take. */
const FEW = 64;
/** More threads than these bring nothing. */
const MOST_THREADS = 16;
/** Milliseconds of one thread's work that lie ready: a thread that loses its core loses it for some. */
const AHEAD_MS = 10;
const MOST_SLOTS = 64;
/** Bytes that slots may take. */
const SLOT_BYTES = 32 * 2 ** 20;

/** What batches were measured to take, in milliseconds each: running them, and what the calling thread does besides. */
export interface BatchTimes {
  readonly run: number;
  readonly besides: number;
}

/**
 * Runs a program over many batches: on this thread, or with others, each of which takes whole batches.
 *
 * With `"auto"` this thread does the first batches and measures them. Where nothing else may be in the model's memory now, it does all.
 *
 * @param loaded the program, for one thread
 */
export function shareBatches(
  memory: ModelMemory,
  loaded: LoadedProgram,
  batches: number,
  workers: Workers,
  handler: BatchHandler,
): void {
  if (workers === 1 || !mayWait() || memory.team !== null || memory.isKeeping) {
    return runBatches(loaded, handler, 0, batches);
  }
  if (workers === "auto") return shareByMeasuring(memory, loaded, batches, handler);
  const threads = limitThreads(workers);
  if (threads === 1) return runBatches(loaded, handler, 0, batches);
  const slots = countSlots(loaded, threads, 0, batches);
  runQueue(memory, loaded, { threads, slots, waits: true }, 0, batches, handler);
}

/** Whether there are batches enough for threads to take whole ones; where there are not, a team that shares each may do better. */
export function areEnough(batches: number, workers: Workers): boolean {
  return batches >= 2 * (workers === "auto" ? MEASURED : workers);
}

function shareByMeasuring(memory: ModelMemory, loaded: LoadedProgram, batches: number, handler: BatchHandler): void {
  const work = workOf(loaded.program.cost);
  const { times, done } = memory.pace !== null && batches < FEW
    ? { times: { run: memory.pace * work, besides: 0 }, done: 0 }
    : measure(loaded, Math.min(MEASURED, batches), handler);
  memory.pace = times.run / work;
  const threads = chooseThreads(times, batches - done, Math.min(countCores(), MOST_THREADS));
  const support = threads === 1 ? null : canStartWorkers();
  if (support?.ok === false) warnOfOneThread(support);
  let from = done;
  if (support?.ok === true) {
    const slots = countSlots(loaded, threads, times.run + times.besides, batches - done);
    try {
      runQueue(memory, loaded, { threads, slots }, done, batches, handler);
      from = batches;
    } catch (error) {
      // Nobody asked for several threads: that there is no memory for them is no error. No batch has been touched then.
      if (!(error instanceof QueueRefusal)) throw error;
    }
  }
  runBatches(loaded, handler, from, batches);
}

/** Threads, or memory for them, were not to be had. */
class QueueRefusal extends Error {}

function runQueue(
  memory: ModelMemory,
  loaded: LoadedProgram,
  options: ConstructorParameters<typeof BatchQueue>[2],
  from: number,
  to: number,
  handler: BatchHandler,
): void {
  let queue: BatchQueue;
  try {
    queue = new BatchQueue(memory, loaded, options);
  } catch (error) {
    if (options.waits) throw error;
    if (!(error instanceof RangeError)) {
      console.warn(`retroprop runs on one thread: ${error instanceof Error ? error.message : error}`);
    }
    throw new QueueRefusal("", { cause: error });
  }
  try {
    queue.run(from, to, handler);
  } finally {
    queue.close();
  }
}

/** Runs the first batches and says what one takes: the least of them, since the first find everything cold. */
function measure(loaded: LoadedProgram, batches: number, handler: BatchHandler): { times: BatchTimes; done: number } {
  let run = Infinity;
  let besides = Infinity;
  let done = 0;
  while (done < batches && !(run >= LONG_MS && run < Infinity)) {
    const start = performance.now();
    handler.fill(loaded, done);
    const filled = performance.now();
    loaded.run();
    const ran = performance.now();
    handler.take(loaded, done);
    const end = performance.now();
    run = Math.min(run, ran - filled);
    besides = Math.min(besides, filled - start + end - ran);
    done++;
  }
  return { times: { run, besides }, done };
}

/**
 * How many threads, the calling one included, are the fastest for the batches that are left: only it can fill and read them, and starting
 * the others takes time.
 */
export function chooseThreads({ run, besides }: BatchTimes, batches: number, cores: number): number {
  let best = 1;
  let least = batches * (run + besides);
  for (let threads = 2; threads <= cores; threads++) {
    const ms = startCost(threads) + batches * Math.max(besides, (run + besides) / threads);
    if (ms < least) [best, least] = [threads, ms];
  }
  return best;
}

function countSlots({ program }: LoadedProgram, threads: number, ms: number, batches: number): number {
  const wanted = ms === 0 ? 4 * threads : 2 * threads + Math.ceil(threads * AHEAD_MS / ms);
  const fitting = Math.floor(SLOT_BYTES / BatchQueue.bytesOfSlot(program));
  return Math.max(2 * threads, Math.min(wanted, fitting, batches, MOST_SLOTS));
}
