/**
 * Formulas as ops.
 *
 * @module
 */
import { checkPlainObject } from "../errors/check_plain_object.ts";
import { describeValue } from "../errors/describe_value.ts";
import { nearestName } from "../errors/nearest_name.ts";
import { type Expression, keyOf, namesIn } from "../formula/expression.ts";
import { type PrimitiveName, primitives } from "../formula/primitives.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { add, divide, maximum, minimum, multiply, subtract } from "./arithmetic.ts";
import { checkOperand } from "./check_operand.ts";
import { equal, greater, greaterEqual, where } from "./comparisons.ts";
import { abs, cos, erf, exp, expm1, log, log1p, negative, sin, sqrt } from "./elementwise.ts";
import { isSymbolic } from "./is_symbolic.ts";
import { sigmoid, softplus, tanh } from "./nonlinear.ts";
import type { Operand } from "./operand.ts";

/** Every primitive, of operands of which one at least is a tensor. */
const OPS: Readonly<Record<Exclude<PrimitiveName, "select">, (a: never, b: never) => Symbolic>> = {
  add,
  sub: subtract,
  mul: multiply,
  div: divide,
  neg: negative,
  abs,
  min: minimum,
  max: maximum,
  sqrt,
  exp,
  expm1,
  log,
  log1p,
  tanh,
  sigmoid,
  erf,
  sin,
  cos,
  softplus,
  greater,
  greaterEqual,
  equal,
};

/**
 * An elementwise formula (see `formulas`) of tensors and numbers: one op for every primitive of it, equal parts once.
 *
 * Shapes: the tensors', broadcast. Gradient: that of its primitives, by the chain rule.
 *
 * @param expression the formula
 * @param values a tensor or a number for every vector and scalar in it, by name
 * @throws {TypeError} If a name has no value, a value no name, or the formula no tensor
 * @example
 * ```ts
 * import { formulas, layers, type Symbolic, type Tracing } from "retroprop";
 * const { exp, mul, neg, square, vector } = formulas;
 * const bell = exp(neg(square(vector("x"))));
 * layers.lambda({ function: (t, x) => t.ops.formula(mul(2, bell), { x }) });
 * ```
 */
export function formula(expression: Expression, values: Readonly<Record<string, Operand>>): Symbolic {
  const names = checkFormula(expression);
  checkPlainObject("apply formula", "values must be an object", values);
  const missing = names.find((name) => !Object.hasOwn(values, name));
  if (missing !== undefined) {
    throw new TypeError(`Cannot apply formula: it needs a value for ${describeValue(missing)}`);
  }
  for (const name of Object.keys(values)) {
    checkOperand("formula", name, values[name]);
    if (names.includes(name)) continue;
    const nearest = nearestName(name, names);
    const hint = nearest === undefined ? "." : `; did you mean "${nearest}"?`;
    throw new TypeError(`Cannot apply formula: it has no ${describeValue(name)}${hint} It has: ${names.join(", ")}`);
  }
  const known = new Map<string, Operand>();
  const compute = (e: Expression): Operand => {
    const key = keyOf(e);
    let value = known.get(key);
    if (value === undefined) known.set(key, value = computeOne(e, values, compute));
    return value;
  };
  const y = compute(expression);
  if (isSymbolic(y)) return y;
  throw new TypeError("Cannot apply formula: it must depend on a tensor, but it is one number");
}

function computeOne(
  e: Expression,
  values: Readonly<Record<string, Operand>>,
  compute: (e: Expression) => Operand,
): Operand {
  if (e.kind === "constant") return e.value;
  if (e.kind !== "apply") return values[e.name];
  const operands = e.operands.map(compute);
  if (operands.every((operand) => typeof operand === "number")) return primitives[e.primitive].evaluate(...operands);
  if (e.primitive !== "select") return OPS[e.primitive](...operands as [never, never]);
  const [condition, a, b] = operands;
  if (typeof condition === "number") return condition !== 0 ? a : b;
  return where(condition, a, b);
}

/** The names in a formula. @throws TypeError if it is none */
function checkFormula(given: unknown): string[] {
  const isExpression = (e: unknown): boolean => {
    if (typeof e !== "object" || e === null) return false;
    const { kind, name, value, primitive, operands } = e as Readonly<Record<string, unknown>>;
    if (kind === "constant") return typeof value === "number";
    if (kind === "vector" || kind === "scalar") return typeof name === "string";
    return kind === "apply" && typeof primitive === "string" && Object.hasOwn(primitives, primitive) &&
      Array.isArray(operands) && operands.length === primitives[primitive as PrimitiveName].arity &&
      operands.every(isExpression);
  };
  if (!isExpression(given)) {
    throw new TypeError(
      `Cannot apply formula: it must be an expression made by formulas, got ${
        describeValue(given)
      }; write formulas.vector("x")`,
    );
  }
  return [...new Set([...namesIn(given as Expression, "vector"), ...namesIn(given as Expression, "scalar")])];
}
