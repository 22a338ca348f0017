import { countIdleWorkers } from "../workers/worker_pool.ts";

/** Milliseconds that the calling thread needs to start a worker, and to bind one that is warm. */
const COLD_MS = 30;
const WARM_MS = 1.5;

/** Milliseconds that the calling thread needs until `threads` threads are at work, itself included. */
export function startCost(threads: number): number {
  const needed = threads - 1;
  return COLD_MS * Math.max(0, needed - countIdleWorkers()) + WARM_MS * needed;
}
