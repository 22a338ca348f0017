import { checkOptions } from "../../errors/check_options.ts";
import { describeValue } from "../../errors/describe_value.ts";
import { choice } from "./choice.ts";
import { constant } from "./constant.ts";
import type { Dimension, PlainDimension } from "./dimension.ts";
import { integer } from "./integer.ts";
import { logUniform } from "./log_uniform.ts";
import type { ParamValue } from "./params.ts";
import { uniform } from "./uniform.ts";

/** What may be wrong with an object that claims to be a dimension: all fields are unknown. */
// deno-lint-ignore no-explicit-any
type Unchecked = any;

/** The fields that each kind has besides `kind`, and how one is made from them again, which checks them. */
const KINDS: Readonly<Record<PlainDimension["kind"], { fields: string[]; make(given: Unchecked): PlainDimension }>> = {
  choice: { fields: ["values"], make: ({ values }) => choice(values) },
  integer: {
    fields: ["min", "max", "step", "log"],
    make: ({ min, max, step, log }) => integer(min, max, { step, log }),
  },
  uniform: { fields: ["min", "max", "steps"], make: ({ min, max, steps }) => uniform(min, max, { steps }) },
  logUniform: { fields: ["min", "max", "steps"], make: ({ min, max, steps }) => logUniform(min, max, { steps }) },
  constant: { fields: ["value"], make: ({ value }) => constant(value) },
};

/**
 * The dimension that a user's value stands for: an array is a choice, a single value a constant, and an object is checked
 * again, for it may come from JSON. The condition of a conditional dimension is left as it is.
 *
 * @param what What is being done, as a verb phrase: `resolve space`.
 * @param name What the value is called in the message: `parameter "rate"`.
 * @param given What the user wrote.
 * @returns The dimension.
 * @throws {TypeError} If it is none.
 * @throws {RangeError} If a value in it is out of range.
 */
export function checkDimension(what: string, name: string, given: unknown): Dimension {
  if (given === null || typeof given === "string" || typeof given === "number" || typeof given === "boolean") {
    return constant(given as ParamValue);
  }
  if (Array.isArray(given)) return choice(given);
  if (typeof given === "object") {
    const { kind, ...fields } = given as { kind?: unknown };
    if (kind === "conditional") {
      const { dimension, when } = fields as Unchecked;
      return { kind, dimension: checkDimension(what, name, dimension) as PlainDimension, when };
    }
    if (typeof kind === "string" && Object.hasOwn(KINDS, kind)) {
      const row = KINDS[kind as PlainDimension["kind"]];
      checkOptions(what, fields, row.fields);
      return row.make(fields);
    }
  }
  throw new TypeError(
    `Cannot ${what}: ${name} must be an array of values, a single value, or one of choice, integer, uniform, logUniform, ` +
      `constant and conditional, got ${describeValue(given)}`,
  );
}
