import { describeValue } from "../errors/describe_value.ts";
import type { Shape } from "../tensor/shape.ts";

/** Checks a shape without the batch axis. @throws {RangeError} If it is none */
export function checkSampleShape(what: string, name: string, shape: unknown): Shape {
  if (isShape(shape)) return Object.freeze([...shape]);
  throw new RangeError(
    `Cannot ${what}: ${name} must be an array of integers >= 1, the shape of one sample without the batch, got ${
      describeValue(shape)
    }`,
  );
}

/** Checks the shape of a weight. @throws {TypeError} If it is none */
export function checkWeightShape(what: string, shape: unknown): Shape {
  if (isShape(shape)) return Object.freeze([...shape]);
  throw new TypeError(`Cannot ${what}: shape must be an array of integers >= 1, got ${describeValue(shape)}`);
}

function isShape(shape: unknown): shape is Shape {
  return Array.isArray(shape) && shape.every((size) => Number.isInteger(size) && size >= 1);
}
