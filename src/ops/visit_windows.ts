import type { Shape } from "../tensor/shape.ts";
import type { AxisWindows } from "./pool_windows.ts";

/**
 * Calls `visit` for every window of a pooling of x [batch, height, width, channels], in the order of the results: `to` is the place of the
 * result, `from` those of the window's elements in x, row by row.
 */
export function visitWindows(
  x: Shape,
  [rows, columns]: readonly [AxisWindows, AxisWindows],
  visit: (to: number, from: readonly number[]) => void,
): void {
  const [samples, height, width, channels] = x;
  let to = 0;
  for (let n = 0; n < samples; n++) {
    for (let oy = 0; oy < rows.count; oy++) {
      for (let ox = 0; ox < columns.count; ox++) {
        for (let c = 0; c < channels; c++) {
          const from: number[] = [];
          for (const i of elementsOf(rows, oy)) {
            for (const j of elementsOf(columns, ox)) from.push(((n * height + i) * width + j) * channels + c);
          }
          visit(to++, from);
        }
      }
    }
  }
}

/** The elements of window o along an axis. */
function elementsOf({ length, count, size, stride, before }: AxisWindows, o: number): number[] {
  const first = stride === 0 ? Math.floor(o * length / count) : o * stride - before;
  const end = stride === 0 ? Math.ceil((o + 1) * length / count) : first + size;
  const elements: number[] = [];
  for (let i = Math.max(first, 0); i < Math.min(end, length); i++) elements.push(i);
  return elements;
}
