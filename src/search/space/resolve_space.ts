import { checkPlainObject } from "../../errors/check_plain_object.ts";
import { describeValue } from "../../errors/describe_value.ts";
import { nearestName } from "../../errors/nearest_name.ts";
import { axisOf } from "./axis.ts";
import { checkDimension } from "./check_dimension.ts";
import { conditional } from "./conditional.ts";
import { copyCondition } from "./copy_condition.ts";
import type { Condition } from "./dimension.ts";
import type { ParamValue } from "./params.ts";
import type { Forbidden, Parameter, ResolvedSpace, Space } from "./space.ts";

const WHAT = "resolve space";

/**
 * Checks a space and lays out its dimensions for the samplers.
 *
 * @param space What the user wrote.
 * @param options `forbidden`: combinations of values, or functions of the params, that must not be tried.
 * @returns The space, its parameters in an order in which conditions can be judged.
 * @throws {TypeError} If a part of it is of the wrong type, or a name in a condition does not exist.
 * @throws {RangeError} If it is empty, a value is out of range, conditions go round in a circle, or a condition or a forbidden
 *   combination names a value that its parameter never has.
 */
export function resolveSpace(space: Space, options: { forbidden?: readonly Forbidden[] } = {}): ResolvedSpace {
  checkPlainObject(WHAT, "it must be an object such as { hidden: [4, 8] }", space);
  const names = Object.keys(space);
  if (names.length === 0) throw new RangeError(`Cannot ${WHAT}: it must have at least one parameter, got {}`);
  const parameters = names.map((name) => resolveParameter(name, space[name]));
  for (const { name, when } of parameters) {
    if (when !== undefined) checkNames(`the condition of ${describeValue(name)}`, when, parameters);
  }
  return { parameters: sortByConditions(parameters), names, forbidden: checkForbidden(options.forbidden, parameters) };
}

function resolveParameter(name: string, given: unknown): Parameter {
  if (name === "" || name === "__proto__") {
    throw new RangeError(
      `Cannot ${WHAT}: a parameter's name must not be empty or __proto__, got ${describeValue(name)}`,
    );
  }
  try {
    const dimension = checkDimension(WHAT, `parameter ${describeValue(name)}`, given);
    if (dimension.kind !== "conditional") return { name, dimension, axis: axisOf(dimension) };
    const { dimension: plain, when } = conditional(dimension.dimension, dimension.when);
    return { name, dimension: plain, axis: axisOf(plain), when };
  } catch (error) {
    if (!(error instanceof Error) || error.message.startsWith(`Cannot ${WHAT}`)) throw error;
    const text = `Cannot ${WHAT}: parameter ${describeValue(name)}: ${error.message.replace(/^Cannot [^:]*: /, "")}`;
    throw error instanceof RangeError ? new RangeError(text, { cause: error }) : new TypeError(text, { cause: error });
  }
}

/** Checks that a condition names parameters that exist and values that they can have. */
function checkNames(where: string, condition: Condition, parameters: readonly Parameter[]): void {
  for (const name of Object.keys(condition)) {
    const parameter = parameters.find((each) => each.name === name);
    if (parameter === undefined) {
      const nearest = nearestName(name, parameters.map((each) => each.name));
      const hint = nearest === undefined ? "" : `; did you mean "${nearest}"?`;
      throw new TypeError(`Cannot ${WHAT}: ${where} names ${describeValue(name)}, which is no parameter${hint}`);
    }
    const { kind, valueAt, positionOf } = parameter.axis;
    if (kind === "continuous") {
      throw new RangeError(
        `Cannot ${WHAT}: ${where} names ${describeValue(name)}, which is continuous and never has one value; ` +
          "give it steps, or forbid by a function",
      );
    }
    for (const value of [condition[name]].flat() as ParamValue[]) {
      if (valueAt(positionOf(value)) === value) continue;
      throw new RangeError(
        `Cannot ${WHAT}: ${where} wants ${describeValue(name)} to be ${describeValue(value)}, which it never is`,
      );
    }
  }
}

function sortByConditions(parameters: readonly Parameter[]): Parameter[] {
  const sorted: Parameter[] = [];
  let left = [...parameters];
  while (left.length > 0) {
    const waits = ({ when = {} }: Parameter): boolean => left.some(({ name }) => Object.hasOwn(when, name));
    const ready = left.filter((each) => !waits(each));
    if (ready.length === 0) {
      const circle = left.map(({ name }) => name).join(", ");
      throw new RangeError(`Cannot ${WHAT}: the conditions of ${circle} must not depend on each other`);
    }
    for (const each of ready) sorted.push(each);
    left = left.filter((each) => !ready.includes(each));
  }
  return sorted;
}

function checkForbidden(forbidden: unknown, parameters: readonly Parameter[]): Forbidden[] {
  if (forbidden === undefined) return [];
  if (!Array.isArray(forbidden)) {
    throw new TypeError(`Cannot ${WHAT}: forbidden must be an array, got ${describeValue(forbidden)}`);
  }
  forbidden.forEach((rule, i) => {
    if (typeof rule === "function") return;
    const where = `forbidden[${i}]`;
    checkPlainObject(WHAT, `${where} must be an object of values or a function of the params`, rule);
    if (Object.keys(rule).length === 0) {
      throw new RangeError(`Cannot ${WHAT}: ${where} must name a parameter, for {} forbids everything`);
    }
    checkNames(where, rule, parameters);
  });
  return forbidden.map((rule) => typeof rule === "function" ? rule : copyCondition(rule));
}
