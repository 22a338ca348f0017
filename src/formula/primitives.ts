import { erf } from "./erf.ts";
import { sigmoid } from "./sigmoid.ts";
import { softplus } from "./softplus.ts";

/** One primitive of the formulas. Its derivative is in `derive.ts`. */
export interface Primitive {
  /** How many operands it takes. */
  readonly arity: number;
  /** Its float64 value. */
  readonly evaluate: (...operands: number[]) => number;
  /** AssemblyScript text for four lanes, from the texts of the operands. */
  readonly emit: (...operands: string[]) => string;
  /** The math function of `asm/simd` that the text calls, if any. */
  readonly needs?: string;
}

const call = (name: string, evaluate: (a: number) => number): Primitive => ({
  arity: 1,
  evaluate,
  emit: (a) => `${name}(${a})`,
  needs: name,
});

/** The primitives that every elementwise formula is made of. Their derivatives are in `derive.ts`. */
export const primitives = {
  add: { arity: 2, evaluate: (a, b) => a + b, emit: (a, b) => `f32x4.add(${a}, ${b})` },
  sub: { arity: 2, evaluate: (a, b) => a - b, emit: (a, b) => `f32x4.sub(${a}, ${b})` },
  mul: { arity: 2, evaluate: (a, b) => a * b, emit: (a, b) => `f32x4.mul(${a}, ${b})` },
  div: { arity: 2, evaluate: (a, b) => a / b, emit: (a, b) => `f32x4.div(${a}, ${b})` },
  neg: { arity: 1, evaluate: (a) => -a, emit: (a) => `f32x4.neg(${a})` },
  abs: { arity: 1, evaluate: Math.abs, emit: (a) => `f32x4.abs(${a})` },
  min: { arity: 2, evaluate: (a, b) => Math.min(a, b), emit: (a, b) => `f32x4.min(${a}, ${b})` },
  max: { arity: 2, evaluate: (a, b) => Math.max(a, b), emit: (a, b) => `f32x4.max(${a}, ${b})` },
  sqrt: { arity: 1, evaluate: Math.sqrt, emit: (a) => `f32x4.sqrt(${a})` },
  exp: call("exp", Math.exp),
  expm1: call("expm1", Math.expm1),
  log: call("log", Math.log),
  log1p: call("log1p", Math.log1p),
  tanh: call("tanh", Math.tanh),
  sigmoid: call("sigmoid", sigmoid),
  erf: call("erf", erf),
  sin: call("sin", Math.sin),
  cos: call("cos", Math.cos),
  softplus: call("softplus", softplus),
  greater: { arity: 2, evaluate: (a, b) => (a > b ? 1 : 0), emit: (a, b) => `f32x4.gt(${a}, ${b})` },
  greaterEqual: { arity: 2, evaluate: (a, b) => (a >= b ? 1 : 0), emit: (a, b) => `f32x4.ge(${a}, ${b})` },
  equal: { arity: 2, evaluate: (a, b) => (a === b ? 1 : 0), emit: (a, b) => `f32x4.eq(${a}, ${b})` },
  select: {
    arity: 3,
    evaluate: (c, a, b) => (c !== 0 ? a : b),
    emit: (c, a, b) => `v128.bitselect(${a}, ${b}, ${c})`,
  },
} satisfies Record<string, Primitive> as Readonly<Record<PrimitiveName, Primitive>>;

/** The name of a primitive. */
export type PrimitiveName =
  | "add"
  | "sub"
  | "mul"
  | "div"
  | "neg"
  | "abs"
  | "min"
  | "max"
  | "sqrt"
  | "exp"
  | "expm1"
  | "log"
  | "log1p"
  | "tanh"
  | "sigmoid"
  | "erf"
  | "sin"
  | "cos"
  | "softplus"
  | "greater"
  | "greaterEqual"
  | "equal"
  | "select";
