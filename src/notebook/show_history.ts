import { element } from "../drawing/markup.ts";
import type { MetricResult } from "../metrics/metric.ts";
import { listHistory } from "../training/format_history.ts";
import type { History } from "../training/history.ts";
import { type DisplayBundle, displayBundle } from "../drawing/display_bundle.ts";
import { historyCharts } from "./history_charts.ts";

/** A file of a notebook is not made large by long runs: of more epochs than these, evenly spaced ones are data, with the last. */
const MOST_EPOCHS = 2000;

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
    data: { kind: "history", version: 1, ...thinOut(history), params },
  });
}

/** The numbers of some epochs, and which these are. */
function thinOut({ epoch, history }: History): Pick<History, "epoch" | "history"> {
  const thin = <T>(values: readonly T[]): T[] => {
    const step = Math.ceil(values.length / MOST_EPOCHS);
    return step <= 1 ? [...values] : values.filter((_, i) => i % step === 0 || i === values.length - 1);
  };
  const lists = Object.entries(history).map(([name, values]) => [name, thin<MetricResult>(values)]);
  return { epoch: thin(epoch), history: Object.fromEntries(lists) };
}
