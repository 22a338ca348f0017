import { checkInteger } from "../errors/check_integer.ts";

/** Checks a seed of a layer's own, and returns it; undefined where there is none. */
export function checkSeed(what: string, seed: unknown): number | undefined {
  return seed === undefined ? undefined : checkInteger(what, "seed", seed, { min: 0, max: Number.MAX_SAFE_INTEGER });
}
