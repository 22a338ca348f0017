import { element } from "../drawing/markup.ts";
import { listHistory } from "../training/format_history.ts";
import type { History } from "../training/history.ts";
import { type DisplayBundle, displayBundle } from "../drawing/display_bundle.ts";
import { historyCharts } from "./history_charts.ts";

/** A history as a notebook shows it: its curves, and its table to be opened. */
export function showHistory(history: History): DisplayBundle {
  const { epoch, params } = history;
  const [heading, ...rows] = listHistory(epoch, history.history);
  const cells = (tag: "th" | "td", row: readonly string[]) =>
    element("tr", {}, row.map((cell) => element(tag, {}, cell)));
  const table = element("table", {}, rows.map((row, i) => cells(i === 0 ? "th" : "td", row)));
  const text = history.toString();
  return displayBundle({
    text,
    html: element(
      "div",
      {},
      historyCharts(history),
      element("details", {}, element("summary", {}, heading.join("")), rows.length === 0 ? null : table),
    ).text,
    data: { kind: "history", version: 1, epoch, history: history.history, params },
  });
}
