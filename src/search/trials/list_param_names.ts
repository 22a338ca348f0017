import type { Trial } from "./trial.ts";

/** The names of the parameters of all trials: first those of the space, then any others in the order they turn up. */
export function listParamNames(names: readonly string[], trials: readonly Trial[]): string[] {
  const all = new Set(names);
  for (const { params } of trials) for (const name of Object.keys(params)) all.add(name);
  return [...all];
}
