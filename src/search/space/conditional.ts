import { checkPlainObject } from "../../errors/check_plain_object.ts";
import { checkDimension } from "./check_dimension.ts";
import { checkParamValue } from "./check_param_value.ts";
import { copyCondition } from "./copy_condition.ts";
import type { Choice, Condition, Conditional, PlainDimension } from "./dimension.ts";
import type { ParamValue } from "./params.ts";

/** The dimension that a plain dimension or a bare array stands for, as a type. */
export type PlainOf<D> = D extends PlainDimension ? D
  : D extends readonly (infer V extends ParamValue)[] ? Choice<V>
  : never;

/**
 * A parameter that exists only where other parameters have given values:
 * `momentum: conditional(uniform(0, 0.99), { optimizer: "sgd" })`. Elsewhere it is left out of the params, so that
 * `({ momentum = 0 }) => …` sees its default. Conditions may name conditional parameters too: where those are left out,
 * the condition does not hold.
 *
 * @param dimension What the parameter may be: a dimension, or an array for a choice.
 * @param when By name the value that another parameter must have, or a list of values; all names must match.
 * @returns The dimension, plain data.
 * @throws {TypeError} If the dimension is not one, is conditional itself, or the condition is not an object of values.
 * @throws {RangeError} If the condition is empty.
 */
export function conditional<const D extends PlainDimension | readonly ParamValue[]>(
  dimension: D,
  when: Condition,
): Conditional<PlainOf<D>> {
  const what = "create conditional parameter";
  const plain = checkDimension(what, "dimension", dimension);
  if (plain.kind === "conditional") {
    throw new TypeError(`Cannot ${what}: dimension must not be conditional itself; put all conditions into one`);
  }
  checkPlainObject(what, 'the condition must be an object such as { optimizer: "sgd" }', when);
  const names = Object.keys(when);
  if (names.length === 0) throw new RangeError(`Cannot ${what}: the condition must name a parameter, got {}`);
  for (const name of names) {
    const wanted = when[name];
    if (!Array.isArray(wanted)) checkParamValue(what, `when.${name}`, wanted);
    else if (wanted.length === 0) throw new RangeError(`Cannot ${what}: when.${name} must hold a value, got []`);
    else wanted.forEach((value, i) => checkParamValue(what, `when.${name}[${i}]`, value));
  }
  return { kind: "conditional", dimension: plain as PlainOf<D>, when: copyCondition(when) };
}
