import { WarmWorkers } from "../../workers/warm_workers.ts";
import { workerSource } from "./gen/trial_worker_source.ts";

/** Workers of searches, kept warm for the next one. */
export const trialWorkers: WarmWorkers = new WarmWorkers(workerSource, "retroprop search");
