import { FileFormatError } from "../files/file_format_error.ts";
import { quoteName } from "../files/quote_name.ts";
import type { Json } from "../tensor/json.ts";
import type { OpenShape } from "../tensor/open_shape.ts";

/** What stands for an object in a file. */
export type JsonObject = { readonly [key: string]: Json };

/** Reads the description of a model file, value by value. Every function throws a FileFormatError that names the value. */
export const savedJson = {
  /** An object. */
  object(value: Json | undefined, name: string): JsonObject {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return savedJson.fail(`${name} must be an object`);
    }
    return value as JsonObject;
  },

  /** An array of at most `most` entries. */
  array(value: Json | undefined, name: string, most = Infinity): readonly Json[] {
    if (!Array.isArray(value)) return savedJson.fail(`${name} must be an array`);
    if (value.length > most) savedJson.fail(`${name} must have at most ${most} entries, got ${value.length}`);
    return value;
  },

  /** An integer from `min` to `max`. */
  integer(value: Json | undefined, name: string, min: number, max: number): number {
    if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max) {
      return savedJson.fail(
        `${name} must be an integer from ${min} to ${max}, got ${JSON.stringify(value)?.slice(0, 40)}`,
      );
    }
    return value;
  },

  /** The shape of one sample. */
  shape(value: Json | undefined, name: string): OpenShape {
    const shape = savedJson.array(value, name, 64);
    const isSize = (size: Json): boolean => typeof size === "number" && Number.isInteger(size) && size >= 1;
    if (!shape.every((size) => size === null || isSize(size))) {
      return savedJson.fail(`${name} must be integers >= 1, or null`);
    }
    return shape as OpenShape;
  },

  /** Refuses keys that are not known. */
  keys(value: JsonObject, name: string, known: readonly string[]): void {
    const unknown = Object.keys(value).find((key) => !known.includes(key));
    if (unknown === undefined) return;
    savedJson.fail(`${name} has an unknown key ${quoteName(unknown)}; keys are: ${known.join(", ")}`);
  },

  /** Says what is wrong. */
  fail(rule: string): never {
    throw new FileFormatError(`Cannot load model: ${rule}`);
  },
};
