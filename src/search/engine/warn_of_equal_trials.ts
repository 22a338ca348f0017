import type { Trial } from "../trial.ts";

/** Warns if all trials have the same logs although their params differ: then `build` ignores them. */
export function warnOfEqualTrials(trials: readonly Trial[]): void {
  const done = trials.filter(({ status }) => status === "done");
  if (done.length < 2) return;
  const logs = JSON.stringify(done[0].history);
  const params = new Set(done.map((trial) => JSON.stringify(trial.params)));
  if (params.size < 2 || done.some(({ history }) => JSON.stringify(history) !== logs)) return;
  console.warn(
    `retroprop: all ${done.length} trials came out exactly the same, scores and losses: does build use its params?`,
  );
}
