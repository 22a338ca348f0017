import type { Expression } from "./expression.ts";
import type { Formula } from "./formula.ts";
import type { PrimitiveName } from "./primitives.ts";

const binary = (sign: string) => (a: string, b: string): string => `(${a} ${sign} ${b})`;
const call = (name: string) => (...operands: string[]): string => `${name}(${operands.join(", ")})`;

/** JavaScript text of every primitive, from the texts of its operands. */
const texts: Readonly<Record<PrimitiveName, (...operands: string[]) => string>> = {
  add: binary("+"),
  sub: binary("-"),
  mul: binary("*"),
  div: binary("/"),
  neg: (a) => `(-${a})`,
  abs: call("Math.abs"),
  min: call("Math.min"),
  max: call("Math.max"),
  sqrt: call("Math.sqrt"),
  exp: call("Math.exp"),
  expm1: call("Math.expm1"),
  log: call("Math.log"),
  log1p: call("Math.log1p"),
  tanh: call("Math.tanh"),
  sigmoid: call("sigmoid"),
  erf: call("erf"),
  softplus: call("softplus"),
  greater: binary(">"),
  greaterEqual: binary(">="),
  equal: binary("=="),
  select: (c, a, b) => `(${c} ? ${a} : ${b})`,
};

/**
 * A formula with one output as the text of a JavaScript arrow function of its vectors' elements and then its scalars, in float64:
 * `(x, alpha) => ((x > 0) ? x : (alpha * Math.expm1(x)))`. It may call `sigmoid`, `softplus` and `erf`
 * of this folder.
 */
export function emitJavascript(formula: Formula): string {
  return `(${[...formula.vectors, ...formula.scalars].join(", ")}) => ${emit(formula.outputs["y"])}`;
}

function emit(e: Expression): string {
  switch (e.kind) {
    case "constant":
      return e.value < 0 ? `(${e.value})` : `${e.value}`;
    case "vector":
    case "scalar":
      return e.name;
    case "apply":
      return texts[e.primitive](...e.operands.map(emit));
  }
}
