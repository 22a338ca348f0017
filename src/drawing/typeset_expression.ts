import type { Expression } from "../formula/expression.ts";
import type { PrimitiveName } from "../formula/primitives.ts";
import { call, fraction, group, type Maths, name, number, row, word } from "./maths.ts";

/** How tightly what is made binds; what binds more loosely within stands in parentheses. */
const RELATION = 1;
const SUM = 2;
const PRODUCT = 3;
const NEGATION = 4;
const ATOM = 5;

interface Part {
  readonly maths: Maths;
  readonly strength: number;
}

/** Signs between two operands. */
const SIGNS: Partial<Readonly<Record<PrimitiveName, readonly [sign: string, strength: number]>>> = {
  greater: [">", RELATION],
  greaterEqual: ["≥", RELATION],
  equal: ["=", RELATION],
  add: ["+", SUM],
  sub: ["−", SUM],
  mul: ["·", PRODUCT],
};

/**
 * The formula that a kernel computes, as it is written for readers: what is shown is the kernel's own source.
 *
 * @param nameOf what stands for a vector or scalar; by default its name
 */
export function typesetExpression(e: Expression, nameOf: (name: string) => Maths = (text) => name(text)): Maths {
  const typeset = (e: Expression): Part => {
    switch (e.kind) {
      case "vector":
      case "scalar":
        return { maths: nameOf(e.name), strength: ATOM };
      case "constant":
        return { maths: literal(e.value), strength: e.value < 0 ? NEGATION : ATOM };
      case "apply":
        return apply(e.primitive, e.operands.map(typeset));
    }
  };
  return typeset(e).maths;
}

function apply(primitive: PrimitiveName, operands: readonly Part[]): Part {
  const [a, b, c] = operands;
  const atom = (maths: Maths): Part => ({ maths, strength: ATOM });
  const sign = SIGNS[primitive];
  if (sign !== undefined) {
    const [text, strength] = sign;
    return { maths: row(within(a, strength), text, within(b, strength + 1)), strength };
  }
  switch (primitive) {
    case "div":
      return { maths: fraction(a.maths, b.maths), strength: PRODUCT };
    case "neg":
      return { maths: row("−", within(a, ATOM)), strength: NEGATION };
    case "select":
      return {
        maths: { kind: "cases", cases: [{ value: b.maths, when: a.maths }, { value: c.maths, when: null }] },
        strength: ATOM,
      };
    case "abs":
      return atom({ kind: "fence", open: "|", close: "|", item: a.maths });
    case "sqrt":
      return atom({ kind: "root", item: a.maths });
    case "exp":
      return atom({ kind: "power", base: name("e"), above: a.maths });
    case "expm1":
      return { maths: row({ kind: "power", base: name("e"), above: a.maths }, "−", number(1)), strength: SUM };
    case "log1p":
      return atom(row(word("log"), group(row(number(1), "+", within(a, SUM + 1)))));
    case "sigmoid":
      return atom(row(name("σ"), group(a.maths)));
    default:
      return atom(call(primitive, ...operands.map(({ maths }) => maths)));
  }
}

/** An operand that must bind at least so tightly. */
function within({ maths, strength }: Part, least: number): Maths {
  return strength < least ? group(maths) : maths;
}

/** A constant with all its digits. */
function literal(value: number): Maths {
  return { kind: "number", text: String(value).replace(/^-/, "−").replace("e+", "e") };
}
