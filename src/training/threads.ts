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
import { workOf } from "../ops/work_of.ts";
import { startCost } from "./start_cost.ts";

/** How many threads to use: a number, this one included, or `"auto"`. */
export type Workers = "auto" | number;

/** Milliseconds that a unit of work takes on one thread, before any was measured. */
const GUESSED_PACE = 2.5e-8;
/** Milliseconds that each thread must have of a batch: less would not pay for the meetings. */
const LEAST_SHARE_MS = 0.04;
/** More threads than these bring nothing in a batch. */
const MOST_RANKS = 16;

/** Checks the option `workers`. */
export function readWorkers(what: string, workers: unknown): Workers {
  if (workers === undefined || workers === "auto") return "auto";
  if (typeof workers === "number" && Number.isInteger(workers) && workers >= 1 && workers <= MAX_RANKS) return workers;
  throw new RangeError(
    `Cannot ${what}: workers must be "auto" or an integer from 1 to ${MAX_RANKS}, got ${describeValue(workers)}`,
  );
}

/** How many threads there are of a number that was asked for: one, where there can be no workers. */
export function limitThreads(threads: number): number {
  if (threads === 1) return 1;
  const support = canStartWorkers();
  if (support.ok) return threads;
  warnOfOneThread(support);
  return 1;
}

/**
 * With how many threads to share each of a few batches, for functions that are synchronous: in a browser's main thread, which cannot wait
 * for workers, always one.
 *
 * `"auto"`: as many as there are cores, as long as each has enough to do in a batch to pay for the meetings, and the whole is long enough
 * to pay for the start of workers; else one. How long it is follows from what the memory was measured to take; before anything was, it is
 * guessed.
 *
 * @param cost what one batch costs
 * @param batches how many there will be
 */
export function chooseRanksNow(memory: ModelMemory, workers: Workers, cost: Cost, batches: number): number {
  if (!mayWait()) return 1;
  if (workers !== "auto") return limitThreads(workers);
  const ms = workOf(cost) * (memory.pace ?? GUESSED_PACE);
  const ranks = Math.min(countCores(), MOST_RANKS, Math.floor(ms / LEAST_SHARE_MS));
  return ranks > 1 && ms * batches * (1 - 1 / ranks) > startCost(ranks) ? limitThreads(ranks) : 1;
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
