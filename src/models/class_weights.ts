import { checkNumber } from "../errors/check_number.ts";
import { checkPlainObject } from "../errors/check_plain_object.ts";

/** The largest number of float32, in which weights enter a step. */
const MAX_FLOAT32 = (2 - 2 ** -23) * 2 ** 127;

/**
 * Reads `classWeight`: { class index: weight }, or a list of weights in the order of the classes.
 *
 * @returns The weights by class; null if there are none.
 * @throws TypeError or RangeError for keys that are no indices or weights that are negative
 */
export function readClassWeight(
  classWeight: Readonly<Record<number, number>> | undefined,
): ReadonlyMap<number, number> | null {
  if (classWeight === undefined) return null;
  if (!Array.isArray(classWeight)) {
    checkPlainObject("fit", "classWeight must be an object { class index: weight }", classWeight);
  }
  const weights = new Map<number, number>();
  for (const [key, value] of Object.entries(classWeight)) {
    if (!/^\d+$/.test(key)) throw new TypeError(`Cannot fit: classWeight's keys must be class indices, got "${key}"`);
    weights.set(Number(key), checkNumber("fit", `classWeight[${key}]`, value, { min: 0, max: MAX_FLOAT32 }));
  }
  return weights;
}
