import { assert, assertEquals } from "@std/assert";
import type { Tensor } from "../../mod.ts";

// float32 beside float64: a few dozen roundings of 6e-8 of the largest value, measured below 5e-7 for several outputs. What is left out, counted
// twice or exchanged (a mask, a divisor, a loss weight, a shared layer's gradient, a target) shows at 1e-2 and above.
const TOLERANCE = 2e-6;

/** Asserts that a tensor has the values that PyTorch gave. */
export function near({ data }: Tensor, nested: unknown, what: string): void {
  const expected = [nested].flat(Infinity) as number[];
  assertEquals(data.length, expected.length, what);
  const scale = Math.max(1, ...expected.map(Math.abs));
  expected.forEach((value, i) => {
    const error = Math.abs(data[i] - value) / scale;
    assert(error <= TOLERANCE, `${what} ${i}: ${data[i]}, PyTorch ${value}`);
  });
}
