import type { Shape } from "./shape.ts";
import { sizeOf } from "./size_of.ts";

/** Elements between the beginnings of parts: 64 bytes, one cache line. */
const ALIGNMENT = 16;

/** Where the results of one op lie in their common buffer, one behind the other, and the size of that buffer, in elements. */
export function placeParts(
  shapes: readonly Shape[],
): { readonly offsets: readonly number[]; readonly elements: number } {
  let elements = 0;
  const offsets = shapes.map((shape) => {
    const offset = Math.ceil(elements / ALIGNMENT) * ALIGNMENT;
    elements = offset + sizeOf(shape);
    return offset;
  });
  return { offsets, elements };
}
