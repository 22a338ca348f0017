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

/** Text of the helpers that the emitted text may call and JavaScript does not have. */
export const javascriptHelpers: Readonly<Record<"erf" | "sigmoid" | "softplus", string>> = {
  sigmoid: "function sigmoid(x) { return 1 / (1 + Math.exp(-x)); }",
  softplus: "function softplus(x) { return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))); }",
  // The Maclaurin series in float64; beyond 4 the value is ±1 in float32.
  erf: "function erf(x) {\n  if (Math.abs(x) > 4) return Math.sign(x);\n  let term = x, sum = x;\n" +
    "  for (let k = 1; Math.abs(term) > 1e-17 * Math.abs(x); k++) sum += (term *= -x * x / k) / (2 * k + 1);\n" +
    "  return 1.1283791670955126 * sum;\n}",
};

/**
 * A formula with one output as the text of a JavaScript arrow function of its vectors' elements and then its scalars, in float64:
 * `(x, alpha) => ((x > 0) ? x : (alpha * Math.expm1(x)))`. It may call the functions of `javascriptHelpers`.
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
