import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { Tensor } from "../tensor/tensor.ts";

/**
 * Data as samples of a shape; null if they are none. Flat data, one number a sample, stand for a column; a column of class indices stands for
 * flat ones.
 */
export function fitShape(t: Tensor, shape: Shape): Tensor | null {
  const wanted = formatShape(shape);
  if (t.shape.length > 0 && formatShape(t.shape.slice(1)) === wanted) return t;
  if (t.shape.length === 1 && sizeOf(shape) === 1) return new Tensor(t.data, [t.shape[0], ...shape]);
  if (t.shape.length === shape.length + 2 && t.shape[t.shape.length - 1] === 1) {
    const rest = t.shape.slice(0, -1);
    return fitShape(new Tensor(t.data, rest), shape);
  }
  return null;
}
