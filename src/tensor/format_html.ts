import { formatShape } from "./format_shape.ts";
import { formatNumber, formatTensor, shownIndices } from "./format_tensor.ts";
import type { ShapedData } from "./tensor_input.ts";

/**
 * A tensor as HTML for a notebook: a table for one and two axes, preformatted text otherwise.
 * Only numbers go in, so that nothing needs escaping.
 *
 * @param tensor The numbers and their shape.
 * @returns A fragment of HTML.
 */
export function formatHtml(tensor: ShapedData): string {
  const { data, shape } = tensor;
  if (shape.length === 0 || shape.length > 2) return `<pre>${formatTensor(tensor)}</pre>`;
  const [rows, columns] = shape.length === 1 ? [1, shape[0]] : shape;
  const lines = shownIndices(rows).map((row) => {
    const cells = shownIndices(columns).map((column) => {
      return `<td>${row < 0 || column < 0 ? "…" : formatNumber(data[row * columns + column])}</td>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  return `<table><caption>Tensor ${formatShape(shape)}</caption><tbody>${lines.join("")}</tbody></table>`;
}
