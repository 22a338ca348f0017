import { snakeCase } from "./snake_case.ts";

/**
 * The name in a list that a misspelt one most likely meant: the smallest edit distance (insertions, deletions,
 * replacements and swaps of neighbours, case and underscores ignored), if it is at most a third of the length. If none is
 * near, the one name that is abbreviated (`lr` → `learningRate`, `kernelInit` → `kernelInitializer`) or begins with the
 * same word (`inputDim` → `inputShape`).
 *
 * @param given What was written.
 * @param names The names that exist.
 * @returns The nearest name, or undefined if none is near. Of equally near names the first in the list.
 */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  if (given.length > 100) return undefined;
  const from = plain(given);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(from.length / 3)) + 1;
  for (const name of names) {
    const to = plain(name);
    const longer = Math.max(from.length, to.length);
    if (Math.abs(from.length - to.length) >= bestDistance) continue;
    const distance = editDistance(from, to);
    if (distance < bestDistance && distance < longer) {
      best = name;
      bestDistance = distance;
    }
  }
  return best ?? theOnly(names, (name) => initials(name) === from) ??
    theOnly(names, (name) => from.length >= 3 && plain(name).startsWith(from)) ??
    theOnly(names, (name) => /[A-Z_]/.test(given) && firstWord(name) === firstWord(given));
}

function theOnly(names: readonly string[], fits: (name: string) => boolean): string | undefined {
  const found = names.filter(fits);
  return found.length === 1 ? found[0] : undefined;
}

function initials(name: string): string {
  return snakeCase(name).split("_").map((word) => word.charAt(0)).join("");
}

function firstWord(name: string): string {
  return snakeCase(name).split("_")[0];
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll("_", "").replaceAll("-", "").replaceAll(" ", "");
}

/** Optimal string alignment distance, three rolling rows. */
function editDistance(a: string, b: string): number {
  let older: number[] = [];
  let old = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let distance = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        distance = Math.min(distance, older[j - 2] + 1);
      }
      row.push(distance);
    }
    older = old;
    old = row;
  }
  return old[b.length];
}
