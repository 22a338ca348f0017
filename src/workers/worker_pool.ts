import { workerSource } from "./gen/worker_source.ts";
import type { StartedWorker } from "./started_worker.ts";
import { WarmWorkers } from "./warm_workers.ts";

/** Workers without work, kept warm for the next team. */
const workers = new WarmWorkers(workerSource, "retroprop");

/** A warm worker, or a new one. It does not keep the process alive. */
export function takeWorker(): StartedWorker {
  return workers.take();
}

/** How many workers are warm. */
export function countIdleWorkers(): number {
  return workers.idle;
}

/** Keeps a worker warm for a moment. */
export function giveBackWorker(worker: StartedWorker): void {
  workers.giveBack(worker);
}

/** Ends all workers that have no work. */
export function endIdleWorkers(): void {
  workers.endIdle();
}
