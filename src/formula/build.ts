import { constant, type Expression, isConstant, type Operand, toExpression } from "./expression.ts";
import { type PrimitiveName, primitives } from "./primitives.ts";

/**
 * Applies a primitive, folding what is known: constants are computed, and x+0, x−0, x·1, x·0, x/1 are simplified.
 *
 * x·0 becomes 0 also where x may be infinite: a factor that is exactly zero means that x does not take part. So
 * x · select(c, 1, 0) becomes select(c, x, 0), which is one operation less.
 */
export function apply(primitive: PrimitiveName, ...given: readonly Operand[]): Expression {
  const operands = given.map(toExpression);
  if (operands.every((e) => e.kind === "constant")) {
    return constant(primitives[primitive].evaluate(...operands.map((e) => (e as { value: number }).value)));
  }
  const [a, b] = operands;
  switch (primitive) {
    case "add":
      if (isConstant(a, 0)) return b;
      if (isConstant(b, 0)) return a;
      break;
    case "sub":
      if (isConstant(b, 0)) return a;
      if (isConstant(a, 0)) return apply("neg", b);
      break;
    case "mul":
      if (isConstant(a, 0) || isConstant(b, 0)) return constant(0);
      if (isConstant(a, 1)) return b;
      if (isConstant(b, 1)) return a;
      if (isConstant(a, -1)) return apply("neg", b);
      if (isConstant(b, -1)) return apply("neg", a);
      if (isMask(b)) {
        return apply("select", b.operands[0], apply("mul", a, b.operands[1]), apply("mul", a, b.operands[2]));
      }
      if (isMask(a)) {
        return apply("select", a.operands[0], apply("mul", a.operands[1], b), apply("mul", a.operands[2], b));
      }
      break;
    case "div":
      if (isConstant(a, 0)) return constant(0);
      if (isConstant(b, 1)) return a;
      break;
    case "neg":
      if (a.kind === "apply" && a.primitive === "neg") return a.operands[0];
      break;
    case "select":
      if (a.kind === "constant") return a.value !== 0 ? b : operands[2];
      if (b.kind === "constant" && operands[2].kind === "constant" && b.value === operands[2].value) return b;
      break;
  }
  return { kind: "apply", primitive, operands };
}

/** True for a select of which one branch is 0: times x, it lets x through or not. */
function isMask(e: Expression): e is Expression & { kind: "apply" } {
  return e.kind === "apply" && e.primitive === "select" &&
    e.operands.some((operand, i) => i > 0 && isConstant(operand, 0));
}

/** a + b */
export const add = (a: Operand, b: Operand): Expression => apply("add", a, b);
/** a − b */
export const sub = (a: Operand, b: Operand): Expression => apply("sub", a, b);
/** a · b */
export const mul = (a: Operand, b: Operand): Expression => apply("mul", a, b);
/** a / b */
export const div = (a: Operand, b: Operand): Expression => apply("div", a, b);
/** −a */
export const neg = (a: Operand): Expression => apply("neg", a);
/** |a| */
export const abs = (a: Operand): Expression => apply("abs", a);
/** −1, 0 or 1 */
export const sign = (a: Operand): Expression =>
  apply("select", apply("greater", a, 0), 1, apply("select", apply("greater", 0, a), -1, 0));
/** The smaller of a and b; NaN if either is. */
export const min = (a: Operand, b: Operand): Expression => apply("min", a, b);
/** The larger of a and b; NaN if either is. */
export const max = (a: Operand, b: Operand): Expression => apply("max", a, b);
/** √a */
export const sqrt = (a: Operand): Expression => apply("sqrt", a);
/** e^a */
export const exp = (a: Operand): Expression => apply("exp", a);
/** e^a − 1 */
export const expm1 = (a: Operand): Expression => apply("expm1", a);
/** ln a */
export const log = (a: Operand): Expression => apply("log", a);
/** ln(1 + a) */
export const log1p = (a: Operand): Expression => apply("log1p", a);
/** tanh a */
export const tanh = (a: Operand): Expression => apply("tanh", a);
/** 1 / (1 + e^−a) */
export const sigmoid = (a: Operand): Expression => apply("sigmoid", a);
/** The Gauss error function. */
export const erf = (a: Operand): Expression => apply("erf", a);
/** sin a */
export const sin = (a: Operand): Expression => apply("sin", a);
/** cos a */
export const cos = (a: Operand): Expression => apply("cos", a);
/** ln(1 + e^a) */
export const softplus = (a: Operand): Expression => apply("softplus", a);
/** a > b, for use in `select` */
export const greater = (a: Operand, b: Operand): Expression => apply("greater", a, b);
/** a ≥ b, for use in `select` */
export const greaterEqual = (a: Operand, b: Operand): Expression => apply("greaterEqual", a, b);
/** a = b, for use in `select` */
export const equal = (a: Operand, b: Operand): Expression => apply("equal", a, b);
/** `then` where `condition` holds, else `otherwise`; both are evaluated. */
export const select = (condition: Expression, then: Operand, otherwise: Operand): Expression =>
  apply("select", condition, then, otherwise);
/** a² */
export const square = (a: Operand): Expression => apply("mul", a, a);
