import { largestOf } from "../tensor/largest_of.ts";
import type { MetricResult } from "../metrics/metric.ts";
import { formatLogValue } from "./format_logs.ts";

/**
 * A history as a table of a line for every name:
 *
 * ```text
 * History of 200 epochs
 *   name       first    last  lowest     in epoch  highest    in epoch
 *   loss      0.6931  0.0123  0.0123  …
 * ```
 *
 * @param epochs The epochs that were run, from 0.
 * @param history The values of every name.
 */
export function formatHistory(
  epochs: readonly number[],
  history: Readonly<Record<string, readonly MetricResult[]>>,
): string {
  const [[heading], ...table] = listHistory(epochs, history);
  if (table.length === 0) return heading;
  const widths = table[0].map((_, i) => largestOf(table.map((row) => row[i].length)));
  const lines = table.map((row) => row.map((text, i) => i === 0 ? text.padEnd(widths[i]) : text.padStart(widths[i])));
  return [heading, ...lines.map((cells) => `  ${cells.join("  ")}`.trimEnd())].join("\n");
}

/** The rows of {@link formatHistory}: the heading alone, the names of the columns, and the cells of every name; without names the heading alone. */
export function listHistory(
  epochs: readonly number[],
  history: Readonly<Record<string, readonly MetricResult[]>>,
): string[][] {
  const heading = [`History of ${epochs.length} ${epochs.length === 1 ? "epoch" : "epochs"}`];
  const rows = Object.keys(history).flatMap((name) => {
    const values = history[name];
    if (values.length === 0) return [];
    const ends = [formatLogValue(values[0]) ?? "…", formatLogValue(values[values.length - 1]) ?? "…"];
    return [[name, ...ends, ...findExtremes(values, epochs)]];
  });
  return rows.length === 0 ? [heading] : [heading, ["", "first", "last", "lowest", "highest"], ...rows];
}

/** The lowest and the highest number with their epochs, counted from 1 as the progress does; empty where values are no numbers. */
function findExtremes(values: readonly MetricResult[], epochs: readonly number[]): [string, string] {
  let [low, high] = [-1, -1];
  for (const [i, value] of values.entries()) {
    if (typeof value !== "number" || Number.isNaN(value)) continue;
    if (low < 0 || value < (values[low] as number)) low = i;
    if (high < 0 || value > (values[high] as number)) high = i;
  }
  if (low < 0) return ["", ""];
  // Names that do not stand in every epoch (validationFreq) are not tied to one.
  const where = (i: number): string => values.length === epochs.length ? ` (epoch ${epochs[i] + 1})` : "";
  return [formatLogValue(values[low]) + where(low), formatLogValue(values[high]) + where(high)];
}
