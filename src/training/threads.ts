import { describeValue } from "../errors/describe_value.ts";
import type { Cost } from "../ops/op.ts";
import { canStartWorkers } from "../workers/can_start_workers.ts";
import { MAX_RANKS } from "../workers/control.ts";
import { countCores } from "../workers/count_cores.ts";
import { mayWait } from "../workers/may_wait.ts";
import type { ModelMemory } from "../workers/model_memory.ts";
import { Team } from "../workers/team.ts";
import { TeamFailure } from "../workers/team_failure.ts";
import { warnOfOneThread } from "../workers/warn_of_one_thread.ts";

/** How many threads to use: a number, this one included, or `"auto"`. */
export type Workers = "auto" | number;

/** What one core does in a second, roughly: only for deciding whether threads pay. */
const FLOPS = 4e10;
const BYTES = 1e10;
/** A step shorter than this, in seconds, is faster on one thread: its share of work would not pay for the meetings. */
const SHORTEST_STEP = 80e-6;
/** Starting cold workers takes about so long, in seconds. */
const START_SECONDS = 0.03;

/** Checks the option `workers`. */
export function readWorkers(what: string, workers: unknown): Workers {
  if (workers === undefined || workers === "auto") return "auto";
  if (typeof workers === "number" && Number.isInteger(workers) && workers >= 1 && workers <= MAX_RANKS) return workers;
  throw new RangeError(
    `Cannot ${what}: workers must be "auto" or an integer from 1 to ${MAX_RANKS}, got ${describeValue(workers)}`,
  );
}

/**
 * How many threads to run with.
 *
 * `"auto"`: as many as there are cores, as long as each has enough to do in a step to pay for the barriers, and the whole is long enough
 * to pay for the start of workers; else one.
 *
 * @param step what one step costs
 * @param steps how many there will be
 */
/** How many threads there are of a number that was asked for: one, where there can be no workers. */
export function limitThreads(threads: number): number {
  if (threads === 1) return 1;
  const support = canStartWorkers();
  if (support.ok) return threads;
  warnOfOneThread(support);
  return 1;
}

export function chooseRanks(workers: Workers, step: Cost, steps: number): number {
  if (workers === 1) return 1;
  let ranks: number;
  if (workers === "auto") {
    const seconds = step.flops / FLOPS + step.bytes / BYTES;
    ranks = Math.max(1, Math.min(countCores(), Math.floor(seconds / (SHORTEST_STEP / 2)), 16));
    if (seconds * steps < 2 * START_SECONDS) ranks = 1;
  } else {
    ranks = workers;
  }
  if (ranks === 1) return 1;
  const support = canStartWorkers();
  if (support.ok) return ranks;
  warnOfOneThread(support);
  return 1;
}

/** As `chooseRanks`, for functions that are synchronous: in a browser's main thread, which cannot wait for workers, always one. */
export function chooseRanksNow(workers: Workers, step: Cost, steps: number): number {
  return mayWait() ? chooseRanks(workers, step, steps) : 1;
}

/** Runs `body` with a team that serves the memory; one thread needs none. The event loop runs while workers start. */
export async function withTeam<T>(memory: ModelMemory, ranks: number, body: () => Promise<T>): Promise<T> {
  if (ranks === 1) return await body();
  const team = Team.open(memory, ranks);
  try {
    await team.untilReady();
    return await body();
  } catch (error) {
    if (!(error instanceof TeamFailure)) throw error;
    // What the worker had to say arrives in a later turn of the event loop.
    await new Promise((resolve) => setTimeout(resolve, 50));
    throw team.failure(error.rank);
  } finally {
    team.close();
  }
}

/** As `withTeam`, for functions that are synchronous. */
export function withTeamNow<T>(memory: ModelMemory, ranks: number, body: () => T): T {
  if (ranks === 1) return body();
  const team = Team.open(memory, ranks);
  try {
    team.waitUntilReady();
    return body();
  } catch (error) {
    if (error instanceof TeamFailure) throw team.failure(error.rank);
    throw error;
  } finally {
    team.close();
  }
}
