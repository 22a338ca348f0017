import { checkInteger } from "../errors/check_integer.ts";

/**
 * The axis in a loss's options: −1, the last, unless given.
 *
 * @param what what is being done: `create categorical_crossentropy loss`
 * @throws {RangeError} If it is 0, the batch, or no integer
 */
export function readClassAxis(what: string, given: unknown): number {
  const axis = checkInteger(what, "axis", given ?? -1);
  if (axis !== 0) return axis;
  throw new RangeError(
    `Cannot ${what}: axis must be one of a sample's, from 1 on or negative, got 0, which is the batch`,
  );
}
