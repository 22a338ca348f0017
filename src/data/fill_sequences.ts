import { sizeOf } from "../tensor/size_of.ts";
import type { ReadSequences } from "./read_sequences.ts";

/** How sequences get one length. */
export interface Padding {
  readonly padding: "pre" | "post";
  readonly truncating: "pre" | "post";
  readonly value: number;
}

/** Copies sequences of these numbers into [numbers, length, …step]: padded with a value, or cut. */
export function fillSequences(
  { values, lengths, step }: ReadSequences,
  numbers: ArrayLike<number>,
  length: number,
  { padding, truncating, value }: Padding,
): Float32Array {
  const width = sizeOf(step);
  const filled = new Float32Array(numbers.length * length * width);
  if (value !== 0) filled.fill(value);
  for (let i = 0; i < numbers.length; i++) {
    const steps = lengths[numbers[i]];
    const kept = Math.min(steps, length);
    const from = truncating === "pre" ? steps - kept : 0;
    const to = i * length + (padding === "pre" ? length - kept : 0);
    filled.set(values[numbers[i]].subarray(from * width, (from + kept) * width), to * width);
  }
  return filled;
}
