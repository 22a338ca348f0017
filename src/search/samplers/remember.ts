import type { ResolvedSpace } from "../space/space.ts";

/**
 * Keeps what was computed for a space and seed, as long as the space lives; only the last seed of a space is kept.
 *
 * @param compute A pure function.
 * @returns The same function, which computes once.
 */
export function remember<T>(
  compute: (space: ResolvedSpace, seed: number) => T,
): (space: ResolvedSpace, seed: number) => T {
  const kept = new WeakMap<ResolvedSpace, { seed: number; value: T }>();
  return (space, seed) => {
    const found = kept.get(space);
    if (found !== undefined && found.seed === seed) return found.value;
    const value = compute(space, seed);
    kept.set(space, { seed, value });
    return value;
  };
}
