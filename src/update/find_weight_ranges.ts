import type { VariablePlace } from "../program/variable_place.ts";
import { wholeVectors } from "../tensor/whole_vectors.ts";

/** A range of the block `weights` that is trained as one: elements from `offset` on, both multiples of 4. */
export interface WeightRange {
  readonly offset: number;
  /** Where its gradients and what the optimizer keeps for it begin, in their blocks. */
  readonly slot: number;
  readonly elements: number;
  /** Elements at whose multiples threads share it; 4 if it is left out. */
  readonly quantum?: number;
}

/** Elements from which on a matrix is shared by itself. */
const LARGE = 32768;

/**
 * The longest ranges of the block `weights` that hold trained variables only and that lie in one piece in the gradients too. Padding between
 * variables belongs to the range: what is computed there is never read.
 */
export function findWeightRanges(variables: readonly VariablePlace[]): WeightRange[] {
  const order = variables.filter((v) => v.slot >= 0 && v.elements > 0).sort((a, b) => a.offset - b.offset);
  const ranges: WeightRange[] = [];
  for (const variable of order) {
    const elements = wholeVectors(variable.elements);
    const last = ranges.at(-1);
    const follows = last !== undefined && last.offset + last.elements === variable.offset &&
      last.slot + last.elements === variable.slot;
    if (follows) ranges[ranges.length - 1] = { ...last, elements: last.elements + elements };
    else ranges.push({ offset: variable.offset, slot: variable.slot, elements });
  }
  return ranges;
}

/**
 * The same ranges, cut so that threads share a large matrix as they share its gradient: by rows, at multiples of 4 (`lowerGradient` in
 * ops/matmul.ts). Then the thread that has computed a part of a gradient is the one that uses it: what one core has just written is slow to
 * read for another one.
 */
export function shareWeightRanges(ranges: readonly WeightRange[], variables: readonly VariablePlace[]): WeightRange[] {
  const large = variables.filter(({ shape, elements }) => shape.length === 2 && elements >= LARGE)
    .sort((a, b) => a.offset - b.offset);
  return ranges.flatMap((range) => {
    const parts: WeightRange[] = [];
    const part = (from: number, to: number): WeightRange => {
      return { offset: from, slot: range.slot + from - range.offset, elements: to - from };
    };
    const end = range.offset + range.elements;
    let at = range.offset;
    for (const { offset, elements, shape } of large) {
      if (offset < at || offset >= end) continue;
      if (offset > at) parts.push(part(at, offset));
      at = offset + wholeVectors(elements);
      parts.push({ ...part(offset, at), quantum: 4 * shape[1] });
    }
    if (at < end) parts.push(part(at, end));
    return parts;
  });
}
