import type { OpenShape } from "./open_shape.ts";

/**
 * The shape of one sample as text: `[4, 2]`, `[null, 2]`. It has no batch axis, so null is an axis of unknown length wherever it stands.
 *
 * @param shape The shape; an axis of unknown length is null, or NaN as a layer's `build` sees it.
 */
export function formatSample(shape: OpenShape): string {
  return `[${shape.map((length) => Number.isNaN(length) ? "null" : String(length)).join(", ")}]`;
}
