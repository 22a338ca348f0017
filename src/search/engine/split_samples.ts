import { RandomStream } from "../../tensor/random_stream.ts";
import type { Classes } from "./find_classes.ts";
import { SEARCH_STREAMS } from "../samplers/search_streams.ts";
import type { FoldValidation, SplitValidation } from "./validation.ts";

/** What one run trains on and what it is scored on: the numbers of samples, ascending. */
export interface Fold {
  readonly train: Uint32Array<ArrayBufferLike>;
  readonly validation: Uint32Array<ArrayBufferLike>;
}

/**
 * Cuts samples into parts to train on and parts to validate with.
 *
 * Folds: the first n mod k have one sample more than the others. Stratified: the samples of each class are dealt to the folds in turn, and
 * the next class goes on where the last one ended. The result is a function of its arguments.
 *
 * @param count How many samples there are.
 * @param classes Their classes; null if labels are no classes.
 * @throws {RangeError} If a part would be empty, or lack a class; if there are more folds than samples, or than samples of a class.
 * @throws {TypeError} If it shall be stratified and there are no classes.
 */
export function splitSamples(
  count: number,
  classes: Classes | null,
  validation: SplitValidation | FoldValidation,
  seed: number,
): Fold[] {
  const { shuffle = true, stratified = false } = validation;
  if (stratified && classes === null) {
    throw new TypeError(
      "Cannot search: validation.stratified needs labels that are classes: indices, 0 and 1, or one-hot rows",
    );
  }
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  if (shuffle) shuffleInPlace(order, seed);
  const groups = stratified ? groupByClass(order, classes!) : [order];
  const folds = "folds" in validation
    ? dealFolds(groups, count, validation.folds, classes, stratified)
    : [cutLast(groups, count, validation.split)];
  const parts = folds.map((held): Fold => {
    const isHeld = new Uint8Array(count);
    for (const i of held) isHeld[i] = 1;
    const all = Uint32Array.from({ length: count }, (_, i) => i);
    return { train: all.filter((i) => isHeld[i] === 0), validation: all.filter((i) => isHeld[i] === 1) };
  });
  if (classes !== null) checkClasses(parts, classes, validation);
  return parts;
}

function shuffleInPlace(order: Uint32Array, seed: number): void {
  const random = new RandomStream(seed, SEARCH_STREAMS.folds);
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.nextInteger(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
}

function groupByClass(order: Uint32Array, { of, names }: Classes): Uint32Array[] {
  return names.map((_, k) => order.filter((i) => of[i] === k));
}

/** The numbers in all parts of all folds may be so many: 1 GiB. */
const MOST_ROWS = 2 ** 28;

/** The samples of each fold. */
function dealFolds(
  groups: readonly Uint32Array[],
  count: number,
  folds: number,
  classes: Classes | null,
  stratified: boolean,
): Iterable<number>[] {
  if (folds > count) {
    throw new RangeError(
      `Cannot search: validation.folds must be at most the number of samples, ${count}, got ${folds}`,
    );
  }
  if (folds * count > MOST_ROWS) {
    throw new RangeError(
      `Cannot search: validation.folds times the number of samples must be at most ${MOST_ROWS}, got ${folds} folds of ` +
        `${count} samples; use fewer folds`,
    );
  }
  if (!stratified) {
    const [least, more] = [Math.floor(count / folds), count % folds];
    const begin = (fold: number): number => fold * least + Math.min(fold, more);
    return Array.from({ length: folds }, (_, fold) => groups[0].subarray(begin(fold), begin(fold + 1)));
  }
  const smallest = groups.reduce((least, group, k) => group.length < groups[least].length ? k : least, 0);
  if (folds > groups[smallest].length) {
    throw new RangeError(
      "Cannot search: with validation.stratified, validation.folds must be at most the number of samples of each class, got " +
        `${folds} folds and ${groups[smallest].length} of class ${classes!.names[smallest]}`,
    );
  }
  const held: number[][] = Array.from({ length: folds }, () => []);
  let next = 0;
  for (const group of groups) for (const i of group) held[next++ % folds].push(i);
  return held;
}

/** The samples that are held out: the last ones, of all or of each class. */
function cutLast(groups: readonly Uint32Array[], count: number, split: number): Iterable<number> {
  const kept = Math.floor(count * (1 - split));
  if (kept === 0 || kept === count) {
    throw new RangeError(
      `Cannot search: validation.split ${split} of ${count} samples leaves ${kept} to train on and ${
        count - kept
      } to validate with; both must be at least 1`,
    );
  }
  // Each class gives its share, rounded so that the shares add up.
  const exact = groups.map(({ length }) => length * (count - kept) / count);
  const sizes = exact.map(Math.floor);
  const byRest = exact.map((size, k) => [size - sizes[k], k]).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  const missing = count - kept - sizes.reduce((sum, size) => sum + size, 0);
  for (const [, k] of byRest.slice(0, missing)) sizes[k]++;
  const held = new Uint32Array(count - kept);
  let at = 0;
  groups.forEach((group, k) => {
    held.set(group.subarray(group.length - sizes[k]), at);
    at += sizes[k];
  });
  return held;
}

/** A part that lacks a class cannot teach it, or cannot tell whether it was learnt. */
function checkClasses(
  parts: readonly Fold[],
  { of, names }: Classes,
  validation: SplitValidation | FoldValidation,
): void {
  const advice = validation.stratified
    ? "that class has too few samples"
    : validation.shuffle === false
    ? "shuffle, or set stratified: true"
    : "set stratified: true, or use fewer folds";
  parts.forEach(({ train, validation: held }, fold) => {
    for (const [what, rows] of [["train on", train], ["validate with", held]] as const) {
      if (what === "validate with" && rows.length < names.length) continue; // too small to hold all classes
      const found = new Set(Array.from(rows, (i) => of[i]));
      if (found.size === names.length) continue;
      const missing = names.find((_, k) => !found.has(k));
      const where = "folds" in validation
        ? `fold ${fold + 1} of ${parts.length}`
        : `validation.split ${validation.split}`;
      throw new RangeError(
        `Cannot search: every class must be in every part of the data, but with ${where} the part to ${what} (${rows.length} ` +
          `samples) has none of class ${missing}; ${advice}`,
      );
    }
  });
}
