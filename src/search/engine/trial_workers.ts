import { WarmWorkers } from "../../workers/warm_workers.ts";

let workers: WarmWorkers | null = null;

/** Workers of searches, kept warm for the next one. Their program is loaded when it is needed. */
export async function loadTrialWorkers(): Promise<WarmWorkers> {
  if (workers !== null) return workers;
  const { workerSource } = await import("../../../dist/trial_worker_source.js");
  return workers ??= new WarmWorkers(workerSource, "retroprop search");
}
