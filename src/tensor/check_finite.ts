import { placeOf } from "./place_of.ts";
import type { Tensor } from "./tensor.ts";

/**
 * Refuses NaN and Infinity, and names the first one by sample and column.
 * The scan adds everything up in float64, where float32 numbers cannot overflow: the sum is finite if and only if
 * every number is.
 *
 * @param tensor The data; its first axis counts samples.
 * @param name What the data are called: `x`.
 * @throws {RangeError} `Cannot use x: x has NaN at sample 3, column 1; every number must be finite`. With more than two
 *   axes the place is given as `sample 3, position [0, 1]`.
 */
export function checkFinite(tensor: Tensor, name: string): void {
  const { data } = tensor;
  const tail = data.length % 4;
  const end = data.length - tail;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < end; i += 4) {
    a += data[i];
    b += data[i + 1];
    c += data[i + 2];
    d += data[i + 3];
  }
  for (let i = end; i < data.length; i++) a += data[i];
  if (Number.isFinite(a + b + c + d)) return;
  const at = data.findIndex((value) => !Number.isFinite(value));
  const value = data[at];
  const hint = Number.isNaN(value) ? "" : " (float32 ends at 3.4e38)";
  throw new RangeError(
    `Cannot use ${name}: ${name} has ${value}${placeOf(at, tensor.shape)}; every number must be finite${hint}`,
  );
}
