import { type Expression, keyOf } from "./expression.ts";
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
  sin: call("Math.sin"),
  cos: call("Math.cos"),
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

/**
 * A formula with one output as statements over its vectors' elements and scalars: what is needed more than once is a constant of its own.
 *
 * @returns `a0 = (p - t)` and the like, in their order, and the text of the result
 */
export function emitJavascriptLines(formula: Formula): { constants: readonly string[]; result: string } {
  const counts = new Map<string, number>();
  const count = (e: Expression): void => {
    if (e.kind !== "apply") return;
    const times = (counts.get(keyOf(e)) ?? 0) + 1;
    counts.set(keyOf(e), times);
    if (times === 1) e.operands.forEach(count);
  };
  const constants: string[] = [];
  const names = new Map<string, string>();
  const lines = (e: Expression): string => {
    if (e.kind !== "apply") return emit(e);
    const key = keyOf(e);
    const known = names.get(key);
    if (known !== undefined) return known;
    const text = texts[e.primitive](...e.operands.map(lines));
    if (counts.get(key) === 1) return text;
    const name = `a${constants.length}`;
    constants.push(`${name} = ${text}`);
    names.set(key, name);
    return name;
  };
  count(formula.outputs["y"]);
  const result = lines(formula.outputs["y"]);
  return { constants, result };
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
