/** What to write instead of TensorFlow.js's `{ xs, ys }`; empty for anything else. */
export function hintAtNames(value: unknown): string {
  return typeof value === "object" && value !== null && "xs" in value ? "; write { x, y } instead of { xs, ys }" : "";
}
