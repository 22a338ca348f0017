import { checkNumber } from "../errors/check_number.ts";
import { checkPlainObject } from "../errors/check_plain_object.ts";
import type { ClassWeights } from "../training/fill_batch.ts";

/** The largest number of float32, in which weights enter a step. */
const MAX_FLOAT32 = (2 - 2 ** -23) * 2 ** 127;

/**
 * Reads `classWeight`: { class index: weight }. A label is a class index, a 0 or 1, or a one-hot row (its largest entry counts).
 *
 * @throws TypeError or RangeError for keys that are no indices or weights that are negative
 */
export function readClassWeight(classWeight: Readonly<Record<number, number>> | undefined): ClassWeights | null {
  if (classWeight === undefined) return null;
  if (!Array.isArray(classWeight)) {
    checkPlainObject("fit", "classWeight must be an object { class index: weight }", classWeight);
  }
  const weights = new Map<number, number>();
  for (const [key, value] of Object.entries(classWeight)) {
    if (!/^\d+$/.test(key)) throw new TypeError(`Cannot fit: classWeight's keys must be class indices, got "${key}"`);
    weights.set(Number(key), checkNumber("fit", `classWeight[${key}]`, value, { min: 0, max: MAX_FLOAT32 }));
  }
  return (y, rows) => {
    const width = y.length / rows;
    const result = new Float32Array(rows);
    for (let i = 0; i < rows; i++) result[i] = weights.get(classOf(y, i * width, width)) ?? 1;
    return result;
  };
}

function classOf(y: Float32Array, start: number, width: number): number {
  if (width === 1) return Math.round(y[start]);
  let best = 0;
  for (let j = 1; j < width; j++) if (y[start + j] > y[start + best]) best = j;
  return best;
}
