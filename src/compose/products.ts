/**
 * Products of matrices.
 *
 * @module
 */
import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { broadcastShape } from "./broadcast_shape.ts";
import { broadcastTo } from "./broadcast_to.ts";
import { checkTensor } from "./check_tensor.ts";
import { reshaped } from "./reshaped.ts";

/**
 * The matrix product over the last two axes; the axes before them are broadcast. A vector is a row as a, a column as b, and its axis is not in
 * the result. Every element is one chain of multiply-adds over ascending k.
 *
 * Shapes: a [..., m, k], b [..., k, n] → y [..., m, n]. Gradient: da = dy · bᵀ, db = aᵀ · dy, summed over what was repeated.
 */
export function matmul(a: Symbolic, b: Symbolic): Symbolic {
  const [left, right] = [checkTensor("matmul", "a", a), checkTensor("matmul", "b", b)];
  const refuse = (): TypeError =>
    new TypeError(
      `Cannot apply matmul: the last axis of a must be as long as the one before the last of b, got ${
        formatShape(left.shape)
      } and ${formatShape(right.shape)}`,
    );
  if (left.shape.length === 0 || right.shape.length === 0) throw refuse();
  const [isRow, isColumn] = [left.shape.length === 1, right.shape.length === 1];
  const x = isRow ? reshaped(left, [1, ...left.shape]) : left;
  const w = isColumn ? reshaped(right, [...right.shape, 1]) : right;
  const [m, k] = x.shape.slice(-2), [inner, n] = w.shape.slice(-2);
  if (k !== inner) throw refuse();
  const leading = broadcastShape("matmul", [x.shape.slice(0, -2), w.shape.slice(0, -2)]);
  const y = multiply(x, w, leading);
  return reshaped(y, [...leading, ...(isRow ? [] : [m]), ...(isColumn ? [] : [n])]);
}

/** The product of matrices whose leading axes go together as `leading`; elements in the order of [...leading, m, n]. */
function multiply(x: Symbolic, w: Symbolic, leading: Shape): Symbolic {
  const { graph } = x;
  // One matrix on the right: the rows of all those on the left are multiplied with it.
  if (sizeOf(w.shape.slice(0, -2)) === 1) {
    return graph.apply("matmul", [broadcastTo(x, [...leading, ...x.shape.slice(-2)]), reshaped(w, w.shape.slice(-2))]);
  }
  const all = (matrix: Symbolic): Symbolic => broadcastTo(matrix, [...leading, ...matrix.shape.slice(-2)]);
  return graph.apply("batch_matmul", [all(x), all(w)]);
}
