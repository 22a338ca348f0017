import type { Expression } from "./expression.ts";
import type { PrimitiveName } from "./primitives.ts";

/** Infix signs, and how tightly they bind; what binds more loosely within stands in parentheses. */
const SIGNS: Partial<Readonly<Record<PrimitiveName, readonly [sign: string, strength: number]>>> = {
  greater: [">", 1],
  greaterEqual: [">=", 1],
  equal: ["==", 1],
  add: ["+", 2],
  sub: ["-", 2],
  mul: ["*", 3],
  div: ["/", 3],
};
const CHOICE = 0;
const NEGATION = 4;
const ATOM = 5;

interface Text {
  readonly text: string;
  readonly strength: number;
}

/**
 * An expression as a line of text, with the signs and calls of JavaScript: `x > 0 ? x : alpha * expm1(x)`. Parentheses show the order in
 * which it is computed wherever it matters to the last bit.
 */
export function printExpression(expression: Expression): string {
  return print(expression).text;
}

function print(e: Expression): Text {
  switch (e.kind) {
    case "vector":
    case "scalar":
      return { text: e.name, strength: ATOM };
    case "constant":
      return { text: Object.is(e.value, -0) ? "-0" : `${e.value}`, strength: e.value < 0 ? NEGATION : ATOM };
    case "apply":
      return apply(e.primitive, e.operands.map(print));
  }
}

function apply(primitive: PrimitiveName, operands: readonly Text[]): Text {
  const [a, b, c] = operands;
  const sign = SIGNS[primitive];
  if (sign !== undefined) {
    const [text, strength] = sign;
    return { text: `${within(a, strength)} ${text} ${within(b, strength + 1)}`, strength };
  }
  if (primitive === "neg") return { text: `-${within(a, ATOM)}`, strength: NEGATION };
  if (primitive === "select") {
    return { text: `${within(a, 1)} ? ${within(b, 1)} : ${within(c, CHOICE)}`, strength: CHOICE };
  }
  return { text: `${primitive}(${operands.map(({ text }) => text).join(", ")})`, strength: ATOM };
}

/** The text of an operand that must bind at least so tightly. */
function within({ text, strength }: Text, least: number): string {
  return strength < least ? `(${text})` : text;
}
