import type { VariablePlace } from "../program/variable_place.ts";

/** A range of the block `weights` that is trained as one: elements from `offset` on, both multiples of 4. */
export interface Run {
  readonly offset: number;
  readonly elements: number;
  /** Elements at whose multiples threads share it; 4 if it is left out. */
  readonly quantum?: number;
}

/** Elements from which on a matrix is shared by itself. */
const LARGE = 32768;

/**
 * The longest ranges of the block `weights` that hold trainable variables only. Padding between variables belongs to the range: what
 * is computed there is never read.
 */
export function findRuns(variables: readonly VariablePlace[]): Run[] {
  const order = variables.filter((v) => v.block === "weights" && v.elements > 0).sort((a, b) => a.offset - b.offset);
  const runs: Run[] = [];
  let open = false;
  for (const { offset, elements, trainable } of order) {
    if (trainable) {
      const begin = open ? runs.pop()!.offset : offset;
      runs.push({ offset: begin, elements: Math.ceil((offset + elements) / 4) * 4 - begin });
    }
    open = trainable;
  }
  return runs;
}

/**
 * The same ranges, cut so that threads share a large matrix as they share its gradient: by rows, at multiples of 4 (`lowerGradient` in
 * ops/matmul.ts). Then the thread that has computed a part of a gradient is the one that uses it: what one core has just written is slow to
 * read for another one.
 */
export function shareRuns(runs: readonly Run[], variables: readonly VariablePlace[]): Run[] {
  const large = variables.filter(({ shape, elements }) => shape.length === 2 && elements >= LARGE)
    .sort((a, b) => a.offset - b.offset);
  return runs.flatMap((run) => {
    const parts: Run[] = [];
    const end = run.offset + run.elements;
    let at = run.offset;
    for (const { offset, elements, shape } of large) {
      if (offset < at || offset >= end) continue;
      if (offset > at) parts.push({ offset: at, elements: offset - at });
      at = offset + Math.ceil(elements / 4) * 4;
      parts.push({ offset, elements: at - offset, quantum: 4 * shape[1] });
    }
    if (at < end) parts.push({ offset: at, elements: end - at });
    return parts;
  });
}
