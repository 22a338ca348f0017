import { fitsShape } from "../tensor/fits_shape.ts";
import { formatSample } from "../tensor/format_sample.ts";
import type { OpenShape } from "../tensor/open_shape.ts";

/**
 * Checks that a layer which has its weights can be called on samples of other shapes.
 *
 * @param built the shapes that it was built for: along an axis of unknown length any will do, since no weight depends on it
 * @throws {TypeError} If it cannot
 */
export function checkBuiltShapes(layer: string, built: readonly OpenShape[], shapes: readonly OpenShape[]): void {
  if (built.length === shapes.length && built.every((wanted, i) => fitsShape(shapes[i], wanted))) return;
  const [was, is] = [built, shapes].map((all) => all.map(formatSample).join(" and "));
  throw new TypeError(
    `Cannot build layer "${layer}": it was built for samples of shape ${was}, got ${is}; its weights have one shape`,
  );
}
