/** Whether it is an integer from 0 to 2^31 − 1. */
export function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 31;
}

/** The product of the sizes. */
export function countElements(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

/** Whether it is an array of integers ≥ 1, whose product is below 2^31. */
export function isShape(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => isCount(n) && n > 0) && isCount(countElements(value));
}
