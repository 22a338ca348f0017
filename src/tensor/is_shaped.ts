import type { ShapedData } from "./tensor_input.ts";

/** Whether a value is a tensor, or other numbers with a shape. */
export function isShaped(value: unknown): value is ShapedData {
  return typeof value === "object" && value !== null && !ArrayBuffer.isView(value) && "data" in value &&
    "shape" in value;
}
