import type { Trial } from "../trials/trial.ts";

/** Warns if all trials have the same logs although their params differ: then `build` ignores them, or they differ in chance alone and have no seed. */
export function warnOfEqualTrials(trials: readonly Trial[]): void {
  const done = trials.filter(({ status }) => status === "done");
  if (done.length < 2) return;
  const logs = JSON.stringify(done[0].history);
  const params = new Set(done.map((trial) => JSON.stringify(trial.params)));
  if (params.size < 2 || done.some(({ history }) => JSON.stringify(history) !== logs)) return;
  console.warn(
    `retroprop: all ${done.length} trials came out exactly the same, scores and losses: does build use its params? ` +
      "A model without a seed has seed 0, so models built alike are the same to the bit: for trials that differ by chance, " +
      "put a seed into the space and hand it to the model, sequential(layers, { seed }), or set repeats.",
  );
}
