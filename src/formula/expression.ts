import type { PrimitiveName } from "./primitives.ts";

/**
 * One node of a formula: a named vector, a named scalar, a constant, or a primitive applied to expressions.
 *
 * A vector stands for the element at the current index; a scalar is the same for all elements.
 */
export type Expression =
  | { readonly kind: "vector"; readonly name: string }
  | { readonly kind: "scalar"; readonly name: string }
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "apply"; readonly primitive: PrimitiveName; readonly operands: readonly Expression[] };

/** What the builders take: an expression, or a number that becomes a constant. */
export type Operand = Expression | number;

/** The element of the array `name` at the current index. */
export function vector(name: string): Expression {
  return { kind: "vector", name };
}

/** The number `name`, the same for every element. */
export function scalar(name: string): Expression {
  return { kind: "scalar", name };
}

/** The literal `value`. */
export function constant(value: number): Expression {
  return { kind: "constant", value };
}

/** Turns a number into a constant and leaves an expression as it is. */
export function toExpression(operand: Operand): Expression {
  return typeof operand === "number" ? constant(operand) : operand;
}

/** True when `e` is the constant `value`. */
export function isConstant(e: Expression, value: number): boolean {
  return e.kind === "constant" && e.value === value;
}

/** A text that is equal for structurally equal expressions. */
export function keyOf(e: Expression): string {
  switch (e.kind) {
    case "vector":
      return `v:${e.name}`;
    case "scalar":
      return `s:${e.name}`;
    case "constant":
      return Object.is(e.value, -0) ? "c:-0" : `c:${e.value}`;
    case "apply":
      return `${e.primitive}(${e.operands.map(keyOf).join(",")})`;
  }
}

/** The vectors (or scalars) that `e` mentions, in order of first use. */
export function namesIn(e: Expression, kind: "vector" | "scalar", into: Set<string> = new Set()): Set<string> {
  if (e.kind === kind) into.add(e.name);
  if (e.kind === "apply") { for (const operand of e.operands) namesIn(operand, kind, into); }
  return into;
}

/** Replaces every subexpression that is structurally equal to `target` by `replacement`. */
export function substitute(e: Expression, target: Expression, replacement: Expression): Expression {
  if (isSame(e, target)) return replacement;
  if (e.kind !== "apply") return e;
  return { ...e, operands: e.operands.map((operand) => substitute(operand, target, replacement)) };
}

/** Whether two expressions are structurally equal: the same as equal keys, without making them. */
function isSame(a: Expression, b: Expression): boolean {
  if (a === b) return true;
  if (a.kind === "apply") {
    return b.kind === "apply" && a.primitive === b.primitive &&
      a.operands.every((each, i) => isSame(each, b.operands[i]));
  }
  if (a.kind === "constant") return b.kind === "constant" && Object.is(a.value, b.value);
  return a.kind === b.kind && a.name === b.name;
}
