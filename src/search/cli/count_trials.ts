import type { Trial } from "../trials/trial.ts";

/** How many trials there are and what became of them: `5 trials: 4 done, 0 pruned, 0 failed, 0 running, 1 waiting`. */
export function countTrials(trials: readonly Trial[]): string {
  const count = (...names: string[]): number => trials.filter(({ status }) => names.includes(status)).length;
  return `${trials.length} ${trials.length === 1 ? "trial" : "trials"}: ${count("done")} done, ${
    count("pruned")
  } pruned, ${count("failed")} failed, ` +
    `${count("running")} running, ${count("waiting", "paused")} waiting`;
}
