import { describeValue } from "../errors/describe_value.ts";

/**
 * Reads the option `valueRange`: the least and the largest value of a pixel. Default [0, 255].
 *
 * @throws {TypeError} If it is not two finite numbers, the smaller one first
 */
export function readValueRange(what: string, value: unknown = [0, 255]): readonly [low: number, high: number] {
  if (Array.isArray(value) && value.length === 2 && value.every(Number.isFinite) && value[0] < value[1]) {
    return Object.freeze([value[0], value[1]] as const);
  }
  throw new TypeError(
    `Cannot ${what}: valueRange must be [low, high], two numbers with low < high, got ${describeValue(value)}`,
  );
}
