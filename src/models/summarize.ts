import { layerTable } from "./layer_table.ts";
import type { Model } from "./model.ts";

/** The table of a model's layers, as text. */
export function summarize(model: Model): string {
  const { title, rows, notes } = layerTable(model);
  const widths = rows[0].map((_, column) => rows.reduce((most, row) => Math.max(most, row[column].length), 0));
  const rule = (left: string, middle: string, right: string, bar = "─"): string =>
    left + widths.map((width) => bar.repeat(width + 2)).join(middle) + right;
  const line = (cells: readonly string[]): string => {
    const padded = cells.map((cell, i) => i === 2 ? cell.padStart(widths[i]) : cell.padEnd(widths[i]));
    return `│ ${padded.join(" │ ")} │`;
  };
  const table = [
    rule("┌", "┬", "┐"),
    line(rows[0]),
    rule("├", "┼", "┤"),
    ...rows.slice(1).map(line),
    rule("└", "┴", "┘"),
  ];
  return [title, ...table, ...notes].join("\n");
}
