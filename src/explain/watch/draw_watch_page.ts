import type { Language } from "../../drawing/language.ts";
import { lineChart } from "../../drawing/line_chart.ts";
import { element, type Markup } from "../../drawing/markup.ts";
import {
  describeWatch,
  listCells,
  listFlows,
  listRecords,
  listTitles,
  type Watched,
  watchStrings,
} from "./describe_watch.ts";

/** The size of the chart, in pixels. */
const WIDTH = 640, HEIGHT = 240;

/** What was watched as static HTML: the norms of the gradients as curves over the epochs, and the last numbers as a table. */
export function drawWatchPage(watched: Watched, language: Language): string {
  const words = watchStrings[language];
  const records = listRecords(watched);
  if (records.length === 0) return element("p", {}, words.nothing()).text;
  const last = records[records.length - 1];
  const title = words.title(watched.epochs.length, watched.probeRows);
  const cell = "padding:2px 8px;text-align:right";
  return element(
    "figure",
    { class: "retroprop-watch" },
    element("figcaption", {}, title),
    drawFlows(watched, language),
    element(
      "table",
      { style: "border-collapse:collapse;font-size:13px" },
      element("caption", {}, last.epoch < 0 ? words.first() : words.last(last.epoch + 1)),
      element(
        "thead",
        {},
        element("tr", {}, listTitles(language).map((text) => element("th", { scope: "col", style: cell }, text))),
      ),
      element(
        "tbody",
        {},
        last.layers.map((layer) => {
          const [name, ...cells] = listCells(layer);
          return element(
            "tr",
            {},
            element("th", { scope: "row", style: "text-align:left" }, name),
            cells.map((text) => element("td", { style: cell }, text)),
          );
        }),
      ),
    ),
    describeWatch(watched, language).map((sentence) => element("p", {}, sentence)),
  ).text;
}

/** The norms of the gradients over the epochs; 0 is before the first step. */
function drawFlows(watched: Watched, language: Language): Markup | null {
  const words = watchStrings[language];
  const at = listRecords(watched).map(({ epoch }) => epoch + 1);
  const curves = listFlows(watched).map(({ layer, norms }) => ({ name: layer, values: norms, at }));
  if (curves.length === 0) return null;
  return lineChart({ title: words.flow(), axis: words.epoch(), curves, log: true, width: WIDTH, height: HEIGHT });
}
