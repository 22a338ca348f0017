import type { VariablePlace } from "../program/variable_place.ts";

/** A range of the block `weights` that is trained as one: elements from `offset` on, both multiples of 4. */
export interface Run {
  readonly offset: number;
  readonly elements: number;
}

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
