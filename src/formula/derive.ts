import { add, cos, div, equal, exp, greater, mul, neg, select, sigmoid, sign, sin, sub } from "./build.ts";
import { constant, type Expression } from "./expression.ts";
import type { PrimitiveName } from "./primitives.ts";

/** From the operands and the output y, ∂y/∂operand for each operand; null means zero. */
type DerivativeRule = (y: Expression, ...operands: Expression[]) => readonly (Expression | null)[];

/** 2 / √π */
const TWO_OVER_SQRT_PI = 1.1283791670955126;

/**
 * ∂output/∂operand of every primitive. At a kink the rule takes one of the one-sided values (|x| at 0: 0; max(a, b) at
 * a = b: half to each). Conditions have no derivative.
 */
const rules: Readonly<Record<PrimitiveName, DerivativeRule>> = {
  add: () => [constant(1), constant(1)],
  sub: () => [constant(1), constant(-1)],
  mul: (_, a, b) => [b, a],
  div: (y, _, b) => [div(1, b), neg(div(y, b))],
  neg: () => [constant(-1)],
  abs: (_, a) => [sign(a)],
  min: (_, a, b) => [pick(a, b, greater(b, a)), pick(a, b, greater(a, b))],
  max: (_, a, b) => [pick(a, b, greater(a, b)), pick(a, b, greater(b, a))],
  sqrt: (y) => [div(0.5, y)],
  exp: (y) => [y],
  expm1: (y) => [add(y, 1)],
  log: (_, a) => [div(1, a)],
  log1p: (_, a) => [div(1, add(1, a))],
  tanh: (y) => [sub(1, mul(y, y))],
  sigmoid: (y) => [mul(y, sub(1, y))],
  erf: (_, a) => [mul(TWO_OVER_SQRT_PI, exp(neg(mul(a, a))))],
  sin: (_, a) => [cos(a)],
  cos: (_, a) => [neg(sin(a))],
  softplus: (_, a) => [sigmoid(a)],
  greater: () => [null, null],
  greaterEqual: () => [null, null],
  equal: () => [null, null],
  select: (_, c) => [null, select(c, 1, 0), select(c, 0, 1)],
};

function pick(a: Expression, b: Expression, wins: Expression): Expression {
  return select(wins, 1, select(equal(a, b), 0.5, 0));
}

/**
 * The derivative of `e` with respect to the vector `name`: the chain rule over the expression,
 * df/dx = Σ ∂f/∂operand · d operand/dx.
 *
 * A `select` derives branch by branch, so a branch that is not taken contributes nothing, not even 0 · ∞.
 */
export function derive(e: Expression, name: string): Expression {
  switch (e.kind) {
    case "vector":
      return constant(e.name === name ? 1 : 0);
    case "scalar":
    case "constant":
      return constant(0);
    case "apply": {
      if (e.primitive === "select") {
        return select(e.operands[0], derive(e.operands[1], name), derive(e.operands[2], name));
      }
      const partials = rules[e.primitive](e, ...e.operands);
      let sum: Expression = constant(0);
      e.operands.forEach((operand, i) => {
        const partial = partials[i];
        if (partial !== null) sum = add(sum, mul(partial, derive(operand, name)));
      });
      return sum;
    }
  }
}
