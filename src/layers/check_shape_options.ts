import { describeValue } from "../errors/describe_value.ts";
import { formatSample } from "../tensor/format_sample.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import type { Shape } from "../tensor/shape.ts";

/** Checks the shape of what a model takes: that of one sample, in which null is a length that is unknown. @throws {RangeError} If it is none */
export function checkInputShape(what: string, name: string, shape: unknown): OpenShape {
  if (Array.isArray(shape) && shape.every((size) => size === null || isSize(size))) return Object.freeze([...shape]);
  throw new RangeError(
    `Cannot ${what}: ${name} must be an array of integers >= 1, the shape of one sample without the batch, in which null stands for an ` +
      `unknown length, got ${describeValue(shape)}`,
  );
}

/** Checks a shape without the batch axis, whose lengths are known. @throws {RangeError} If it is none */
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
  if (Array.isArray(shape) && shape.every((size) => Number.isNaN(size) || isSize(size))) {
    throw new TypeError(
      `Cannot ${what}: its shape ${
        formatSample(shape)
      } depends on an axis of unknown length; give the model's input that length, or end ` +
        "the axis before this layer, as globalAveragePooling1d does",
    );
  }
  throw new TypeError(`Cannot ${what}: shape must be an array of integers >= 1, got ${describeValue(shape)}`);
}

function isShape(shape: unknown): shape is Shape {
  return Array.isArray(shape) && shape.every(isSize);
}

function isSize(size: unknown): boolean {
  return typeof size === "number" && Number.isInteger(size) && size >= 1;
}
