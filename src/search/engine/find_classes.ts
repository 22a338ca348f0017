import type { Loss } from "../../losses/loss.ts";

/** Which class each sample has: a number from 0, or null where labels are no classes. */
export interface Classes {
  /** By sample, the number of its class in `names`. */
  readonly of: Uint32Array;
  /** What stands in the labels: the index of the class. */
  readonly names: readonly number[];
}

/**
 * The classes of labels: class indices, zeros and ones, or one-hot rows.
 *
 * @param y Labels, `width` numbers a sample.
 * @returns null for labels of other kinds: the numbers of a regression, several labels a sample.
 */
export function findClasses(y: Float32Array, width: number, target: Loss["target"]): Classes | null {
  const isOneHot = target === "distribution" && width > 1;
  const isFlat = (target === "class_index" || target === "binary" || target === "hinge") && width === 1;
  if (!isOneHot && !isFlat) return null;
  if (isFlat && target === "binary" && !y.every((value) => value === 0 || value === 1)) return null;
  const count = y.length / width;
  const labels = Array.from({ length: count }, (_, i) => isFlat ? y[i] : largest(y, i * width, width));
  const names = [...new Set(labels)].sort((a, b) => a - b);
  const numbers = new Map(names.map((name, k) => [name, k]));
  return { of: Uint32Array.from(labels, (label) => numbers.get(label)!), names };
}

function largest(y: Float32Array, start: number, width: number): number {
  let best = 0;
  for (let j = 1; j < width; j++) if (y[start + j] > y[start + best]) best = j;
  return best;
}
