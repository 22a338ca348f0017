import { checkNumber } from "../errors/check_number.ts";

/**
 * A number from 0 to 1 in a loss's options, 1 included.
 *
 * @throws {TypeError} if it is not a number
 * @throws {RangeError} if it is out of range
 */
export function readFraction(what: string, name: string, given: unknown, standard: number): number {
  return checkNumber(what, name, given ?? standard, { min: 0, max: 1 });
}
