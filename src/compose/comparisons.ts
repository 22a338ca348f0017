/**
 * Comparisons, which give 1 where they hold and 0 where not, and what is chosen by them. Shapes are broadcast as in arithmetic. NaN is neither
 * greater, less nor equal to anything.
 *
 * @module
 */
import { map, type Symbolic } from "../tensor/symbolic.ts";
import { applyBinary } from "./apply_binary.ts";
import { broadcastShape } from "./broadcast_shape.ts";
import { broadcastTo } from "./broadcast_to.ts";
import { checkOperand } from "./check_operand.ts";
import { checkTensor } from "./check_tensor.ts";
import type { Operand } from "./operand.ts";

/**
 * 1 where a > b, else 0.
 *
 * Shapes: a and b, broadcast. Gradient: none.
 */
export function greater(a: Operand, b: Operand): Symbolic {
  return applyBinary("greater", { formula: "greater" }, a, b);
}

/**
 * 1 where a ≥ b, else 0.
 *
 * Shapes: a and b, broadcast. Gradient: none.
 */
export function greaterEqual(a: Operand, b: Operand): Symbolic {
  return applyBinary("greaterEqual", { formula: "greater_equal" }, a, b);
}

/**
 * 1 where a < b, else 0.
 *
 * Shapes: a and b, broadcast. Gradient: none.
 */
export function less(a: Operand, b: Operand): Symbolic {
  return applyBinary("less", { formula: "greater", isSwapped: true }, a, b);
}

/**
 * 1 where a ≤ b, else 0.
 *
 * Shapes: a and b, broadcast. Gradient: none.
 */
export function lessEqual(a: Operand, b: Operand): Symbolic {
  return applyBinary("lessEqual", { formula: "greater_equal", isSwapped: true }, a, b);
}

/**
 * 1 where a = b, else 0.
 *
 * Shapes: a and b, broadcast. Gradient: none.
 */
export function equal(a: Operand, b: Operand): Symbolic {
  return applyBinary("equal", { formula: "equal" }, a, b);
}

/**
 * 1 where a ≠ b, else 0; 1 where either is NaN.
 *
 * Shapes: a and b, broadcast. Gradient: none.
 */
export function notEqual(a: Operand, b: Operand): Symbolic {
  const byNumber = (x: Symbolic, value: number): Symbolic => map(x.graph, "differs_from", [x], { value });
  return applyBinary("notEqual", { formula: "not_equal", byNumber, ofNumber: (value, x) => byNumber(x, value) }, a, b);
}

/**
 * a where the condition is not 0, else b. Both are computed; what is not taken gives neither values nor gradients.
 *
 * Shapes: condition, a and b, broadcast. Gradient: da = dy where the condition is not 0, else 0; db the other way round.
 */
export function where(condition: Symbolic, a: Operand, b: Operand): Symbolic {
  const given = checkTensor("where", "condition", condition);
  const [left, right] = [checkOperand("where", "a", a), checkOperand("where", "b", b)];
  const shapes = [given, left, right].flatMap((x) => typeof x === "number" ? [] : [x.shape]);
  const shape = broadcastShape("where", shapes);
  const { graph } = given;
  const full = (x: Operand): Symbolic =>
    typeof x === "number" ? graph.apply("constant", [], { value: x, shape }) : broadcastTo(x, shape);
  return map(graph, "where", [full(given), full(left), full(right)]);
}
