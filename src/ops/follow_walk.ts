import type { Walk } from "./walk.ts";

/** The float64 reference of `strided_copy` and `strided_add`: calls `visit` for every pair of elements, in the walk's order. */
export function followWalk({ sizes, y, x }: Walk, visit: (y: number, x: number) => void): void {
  const go = (axis: number, atY: number, atX: number): void => {
    if (axis === sizes.length) return visit(atY, atX);
    for (let i = 0; i < sizes[axis]; i++) go(axis + 1, atY + i * y.strides[axis], atX + i * x.strides[axis]);
  };
  go(0, y.offset, x.offset);
}
