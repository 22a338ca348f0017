import { describeValue } from "../../errors/describe_value.ts";
import { checkParamValue } from "./check_param_value.ts";
import type { Choice } from "./dimension.ts";
import type { ParamValue } from "./params.ts";

/**
 * A parameter that is one of a list of values: `choice(["relu", "tanh"])`. All are equally likely, and samplers take no
 * value for a neighbour of another. In a space a bare array means the same.
 *
 * @param values Numbers, strings, booleans or null; at least one, none twice.
 * @returns The dimension.
 * @throws {TypeError} If it is not an array, or a value is of another type.
 * @throws {RangeError} If the list is empty, a value stands in it twice, or a number is not finite.
 */
export function choice<const V extends ParamValue>(values: readonly V[]): Choice<V> {
  const what = "create choice";
  if (!Array.isArray(values)) {
    throw new TypeError(`Cannot ${what}: values must be an array, got ${describeValue(values)}`);
  }
  if (values.length === 0) throw new RangeError(`Cannot ${what}: values must hold at least one value, got []`);
  const seen = new Set<ParamValue>();
  for (const [i, value] of values.entries()) {
    checkParamValue(what, `values[${i}]`, value);
    if (seen.has(value)) {
      throw new RangeError(`Cannot ${what}: values must differ from each other, got ${describeValue(value)} twice`);
    }
    seen.add(value);
  }
  return { kind: "choice", values: [...values] };
}
