import { checkParamValue } from "./check_param_value.ts";
import type { Constant } from "./dimension.ts";
import type { ParamValue } from "./params.ts";

/**
 * A parameter that is always the same. In a space a bare value means the same.
 *
 * @param value A number, a string, a boolean or null.
 * @returns The dimension.
 * @throws {TypeError} If the value is of another type.
 * @throws {RangeError} If it is a number that is not finite.
 */
export function constant<V extends ParamValue>(value: V): Constant<V> {
  checkParamValue("create constant", "value", value);
  return { kind: "constant", value };
}
