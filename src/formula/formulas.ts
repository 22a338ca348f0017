/**
 * Elementwise formulas: expressions over about 20 primitives, which `ops.formula` computes: `formulas.square(formulas.vector("x"))`. They are
 * plain data. Numbers stand for constants; a vector stands for an element of a tensor, a scalar for a number that is the same for all.
 *
 * @module
 */
export {
  abs,
  add,
  cos,
  div,
  equal,
  erf,
  exp,
  expm1,
  greater,
  greaterEqual,
  log,
  log1p,
  max,
  min,
  mul,
  neg,
  select,
  sigmoid,
  sign,
  sin,
  softplus,
  sqrt,
  square,
  sub,
  tanh,
} from "./build.ts";
export { constant, scalar, vector } from "./expression.ts";
export type { Expression, Operand } from "./expression.ts";
