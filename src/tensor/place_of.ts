import type { Shape } from "./shape.ts";

/** Where an element of data lies, for messages: ` at sample 3, column 1`, or ` at sample 3, position [0, 1]` with more than two axes. */
export function placeOf(at: number, shape: Shape): string {
  const index: number[] = [];
  for (let axis = shape.length - 1, rest = at; axis >= 0; axis--) {
    index.unshift(rest % shape[axis]);
    rest = Math.floor(rest / shape[axis]);
  }
  if (index.length === 0) return "";
  if (index.length === 1) return ` at sample ${index[0]}`;
  if (index.length === 2) return ` at sample ${index[0]}, column ${index[1]}`;
  return ` at sample ${index[0]}, position [${index.slice(1).join(", ")}]`;
}
