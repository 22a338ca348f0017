import type { Language } from "../../drawing/language.ts";
import { element, type Markup } from "../../drawing/markup.ts";
import { blend, type Colour, cssColour, PALETTE } from "../../drawing/paint.ts";
import { place, svg } from "../../drawing/svg.ts";
import {
  describeWatch,
  findDecades,
  listCells,
  listFlows,
  listRecords,
  listTitles,
  type Watched,
  watchStrings,
} from "./describe_watch.ts";

/** The drawing, in pixels: around the curves is room for the axes and the names of layers. */
const WIDTH = 680, HEIGHT = 300, LEFT = 48, RIGHT = 160, TOP = 16, BOTTOM = 36;
/** Numbers on an axis at most, and names beside the curves. */
const TICKS = 8, NAMES = 16;
const LINE_HEIGHT = 16;

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

function drawFlows(watched: Watched, language: Language): Markup {
  const words = watchStrings[language];
  const records = listRecords(watched);
  const flows = listFlows(watched);
  const [low, high] = findDecades(flows);
  const [right, bottom] = [WIDTH - RIGHT, HEIGHT - BOTTOM];
  const x = (i: number): number =>
    place(LEFT + (right - LEFT) * (records.length === 1 ? 0.5 : i / (records.length - 1)));
  const y = (log: number): number => place(bottom - (bottom - TOP) * (log - low) / (high - low));
  const grey = cssColour(PALETTE[7]);
  const text = (x: number, y: number, content: string, anchor: string): Markup =>
    element("text", { x, y, "text-anchor": anchor, fill: "currentColor" }, content);
  const everyOf = (count: number): number => Math.max(1, Math.ceil(count / TICKS));
  const decades = Array.from({ length: high - low + 1 }, (_, i) => low + i).filter((_, i) =>
    i % everyOf(high - low) === 0
  );
  const places = records.map((_, i) => i).filter((i) => i % everyOf(records.length) === 0);
  return svg(
    {
      width: WIDTH,
      height: Math.max(HEIGHT, TOP + LINE_HEIGHT * (Math.min(flows.length, NAMES) + 1)),
      title: words.flow(),
      description: describeWatch(watched, language).join(" "),
    },
    decades.map((log) => [
      element("line", { x1: LEFT, x2: right, y1: y(log), y2: y(log), stroke: grey, "stroke-width": 0.5 }),
      text(LEFT - 6, y(log) + 4, `1e${log}`, "end"),
    ]),
    places.map((i) => {
      const { epoch } = records[i];
      return text(x(i), bottom + 16, epoch < 0 ? words.start() : `${epoch + 1}`, "middle");
    }),
    text((LEFT + right) / 2, bottom + 32, words.epoch(), "middle"),
    flows.map(({ logs }, i) => {
      const points = logs.flatMap((log, j) => log === null ? [] : [`${x(j)},${y(log)}`]);
      const { stroke, dash } = styleOf(i, flows.length);
      return points.length === 1
        ? element("circle", { cx: points[0].split(",")[0], cy: points[0].split(",")[1], r: 3, fill: stroke })
        : element("polyline", {
          points: points.join(" "),
          fill: "none",
          stroke,
          "stroke-width": 2,
          "stroke-dasharray": dash,
        });
    }),
    flows.slice(0, NAMES).map(({ layer }, i) => {
      const { stroke, dash } = styleOf(i, flows.length);
      const at = TOP + LINE_HEIGHT * i;
      const isCut = i === NAMES - 1 && flows.length > NAMES;
      return [
        element("line", {
          x1: right + 10,
          x2: right + 34,
          y1: at,
          y2: at,
          stroke,
          "stroke-width": 2,
          "stroke-dasharray": dash,
        }),
        text(right + 40, at + 4, isCut ? "…" : shorten(layer), "start"),
      ];
    }),
  );
}

/** Layers are told apart by colour and by dashes; many of them go from blue, the first, to orange, the last. */
function styleOf(i: number, count: number): { stroke: string; dash: string | undefined } {
  const colour: Colour = count <= 7 ? PALETTE[i === 6 ? 7 : i] : blend(PALETTE[0], PALETTE[1], i / (count - 1));
  return { stroke: cssColour(colour), dash: [undefined, "6 3", "2 3"][i % 3] };
}

function shorten(name: string): string {
  const characters = Array.from(name);
  return characters.length <= 18 ? name : `${characters.slice(0, 17).join("")}…`;
}
