import { formatSample } from "./format_sample.ts";
import type { OpenShape } from "./open_shape.ts";

/**
 * A shape as text: `[4, 2]`. A first axis of null is the batch and prints as `batch`; other axes of unknown length print as `null`.
 *
 * @param shape The shape; null stands for an axis whose length is not known before data arrive.
 * @returns `[4, 2]`, `[batch, 2]`, `[batch, null, 2]`, or `[]` for a single number.
 */
export function formatShape(shape: OpenShape): string {
  const text = formatSample(shape);
  return shape[0] === null ? text.replace("null", "batch") : text;
}
