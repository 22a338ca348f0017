import { placeOf } from "../tensor/place_of.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { IndexLimit } from "./signature.ts";

/**
 * Checks that samples are numbers of rows, as an embedding looks them up.
 *
 * @param name what the samples are called in errors
 * @throws {RangeError} If one is no integer from 0 to limit − 1:
 *   `Cannot use x: layer "embedding" takes integers from 0 to 99, got 100 at sample 3, column 7`
 */
export function checkIndices(
  { data, shape }: Tensor,
  name: string,
  { layer, limit, option = "inputDim" }: IndexLimit,
): void {
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    if (value >= 0 && value < limit && Number.isInteger(value)) continue;
    const hint = Number.isInteger(value) && value >= limit ? `; ${option} must be larger than the largest index` : "";
    throw new RangeError(
      `Cannot use ${name}: layer "${layer}" takes integers from 0 to ${limit - 1}, got ${value}${
        placeOf(i, shape)
      }${hint}`,
    );
  }
}
