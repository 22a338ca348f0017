import { formatShape } from "../tensor/format_shape.ts";
import { map, type Symbolic } from "../tensor/symbolic.ts";
import { broadcastShape } from "./broadcast_shape.ts";
import { broadcastTo } from "./broadcast_to.ts";
import { checkOperand } from "./check_operand.ts";
import { checkTensor } from "./check_tensor.ts";
import type { Operand } from "./operand.ts";

/** How an elementwise op of two operands is computed. */
export interface BinaryRule {
  /** The formula for two tensors of one shape. */
  readonly formula: string;
  /** Whether the formula takes them the other way round. */
  readonly isSwapped?: boolean;
  /** For a tensor and a number behind it. Default: the number becomes a tensor. */
  readonly byNumber?: (x: Symbolic, value: number) => Symbolic;
  /** For a number and a tensor behind it. Default: the number becomes a tensor. */
  readonly ofNumber?: (value: number, x: Symbolic) => Symbolic;
  /** For tensors of two shapes, of which `x` has the common one; null where it has no better way than to repeat the other. */
  readonly byColumns?: (x: Symbolic, other: Symbolic, isSwapped: boolean) => Symbolic | null;
}

/**
 * Applies an elementwise op to two operands, whose shapes are broadcast.
 *
 * @throws {TypeError} If none is a tensor, or shapes do not go together
 */
export function applyBinary(
  op: string,
  { formula, isSwapped = false, byNumber, ofNumber, byColumns }: BinaryRule,
  a: Operand,
  b: Operand,
): Symbolic {
  const left = checkOperand(op, "a", a);
  const right = checkOperand(op, "b", b);
  const apply = (x: Symbolic, y: Symbolic): Symbolic => map(x.graph, formula, isSwapped ? [y, x] : [x, y]);
  if (typeof left === "number") {
    const x = checkTensor(op, "one of both", right);
    return ofNumber?.(left, x) ?? apply(filled(x, left), x);
  }
  if (typeof right === "number") {
    return byNumber?.(left, right) ?? apply(left, filled(left, right));
  }
  const shape = broadcastShape(op, [left.shape, right.shape]);
  const [isLeft, isRight] = [left, right].map((x) => formatShape(x.shape) === formatShape(shape));
  if (isLeft !== isRight && byColumns !== undefined) {
    const y = isLeft ? byColumns(left, right, false) : byColumns(right, left, true);
    if (y !== null) return y;
  }
  return apply(broadcastTo(left, shape), broadcastTo(right, shape));
}

/** A tensor of the shape of `x`, full of one number. */
function filled(x: Symbolic, value: number): Symbolic {
  return x.graph.apply("constant", [], { value, shape: x.shape });
}
