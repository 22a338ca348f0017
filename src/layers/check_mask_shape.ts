import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";

/**
 * Checks that a mask has the shape of a tensor's first axes, the batch among them.
 *
 * @param what what is done, for the message
 * @throws {TypeError} If it has another one
 */
export function checkMaskShape(what: string, mask: readonly (number | null)[], x: readonly (number | null)[]): void {
  if (mask.length > 0 && mask.length <= x.length && mask.every((length, axis) => length === x[axis])) return;
  const shapes = x.slice(1).map((_, i) => formatShape(x.slice(0, i + 1) as Shape));
  throw new TypeError(
    `Cannot ${what}: a mask must have the shape of the first axes of what it masks, ${formatShape(x as Shape)}` +
      `${shapes.length === 0 ? "" : `, such as ${shapes[Math.min(1, shapes.length - 1)]}`}, got ${
        formatShape(mask as Shape)
      }`,
  );
}
