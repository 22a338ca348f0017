import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Builder, Symbolic } from "../tensor/symbolic.ts";

/**
 * Labels in the given shape: as they are, or reshaped where only axes of size 1 differ.
 *
 * @throws {TypeError} if the shapes do not go together
 */
export function alignLabels(g: Builder, loss: string, yTrue: Symbolic, shape: Shape): Symbolic {
  if (formatShape(yTrue.shape) === formatShape(shape)) return yTrue;
  const bare = (s: Shape): string => formatShape(s.filter((size) => size !== 1));
  if (sizeOf(yTrue.shape) !== sizeOf(shape) || bare(yTrue.shape) !== bare(shape)) {
    throw new TypeError(
      `Cannot compute ${loss}: labels must have shape ${formatShape(shape)}, got ${formatShape(yTrue.shape)}`,
    );
  }
  return g.apply("reshape", [yTrue], { shape });
}
