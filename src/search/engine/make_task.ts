import type { SearchSettings } from "./read_search_options.ts";
import type { LiveRun, LiveTrial } from "./live_trial.ts";
import type { PlannedTask } from "./task_source.ts";

/** Milliseconds between two progress messages, for a pruner that judges between rungs. */
const REPORT_MS = 5;

/** The task to bring a run of a prepared trial to the epoch at which its runs meet next. */
export function makeTask(
  live: LiveTrial,
  run: LiveRun,
  options: {
    readonly serial: number;
    readonly settings: SearchSettings;
    /** Milliseconds between two checkpoints; null for none. */
    readonly checkpointMs: number | null;
  },
): PlannedTask {
  const { serial, settings: { shuffle, classWeight, pruner }, checkpointMs } = options;
  const { plan, compiled, parts, number } = live.prepared.get(run.repetition)!;
  const task = {
    serial,
    plan: number,
    ...parts[run.fold],
    from: run.progress,
    target: live.target,
    epochs: live.epochs,
    batchSize: live.batchSize,
    shuffle,
    classWeight,
    reportMs: pruner.id === "none" ? null : REPORT_MS,
    checkpointMs,
  };
  return { task, plan, compiled };
}
