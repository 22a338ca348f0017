import { cleanText } from "../errors/clean_text.ts";
import { element, type Markup } from "./markup.ts";
import { place, svg } from "./svg.ts";

/** A box of a drawing. */
export interface Box {
  /** Its lines of text. */
  readonly lines: readonly string[];
  /** The numbers of the boxes that it comes after. */
  readonly sources: readonly number[];
}

const GAP_X = 18, GAP_Y = 34, PADDING = 10, LINE = 16, EDGE = 6;
/** Lines longer than this are cut. */
const MOST_LETTERS = 28;
/** Pixels that a letter takes about. */
const LETTER = 6.8;

/**
 * Boxes with arrows from each one's sources, as static SVG: a box stands below all that it comes after.
 *
 * @param boxes each after its sources
 * @param title what it is
 */
export function drawBoxes(boxes: readonly Box[], title: string): Markup {
  const levels: number[] = [];
  for (const { sources } of boxes) {
    levels.push(sources.reduce((level, source) => Math.max(level, levels[source] + 1), 0));
  }
  const clean = boxes.map(({ lines }) => lines.map((line) => cleanText(line, MOST_LETTERS)));
  const widths = clean.map((lines) =>
    lines.reduce((most, line) => Math.max(most, line.length), 0) * LETTER + 2 * PADDING
  );
  const height = clean.reduce((most, { length }) => Math.max(most, length), 1) * LINE + PADDING;
  const rows: number[][] = [];
  boxes.forEach((_, i) => (rows[levels[i]] ??= []).push(i));
  const rowWidths = rows.map((row) => row.reduce((sum, i) => sum + widths[i] + GAP_X, -GAP_X));
  const width = rowWidths.reduce((most, each) => Math.max(most, each), 0) + 2 * EDGE;
  const lefts: number[] = [];
  rows.forEach((row, level) => {
    let left = (width - rowWidths[level]) / 2;
    for (const i of row) {
      lefts[i] = left;
      left += widths[i] + GAP_X;
    }
  });
  const top = (i: number): number => EDGE + levels[i] * (height + GAP_Y);
  const middle = (i: number): number => lefts[i] + widths[i] / 2;
  const arrows = boxes.flatMap(({ sources }, i) =>
    sources.map((source) => {
      const [x1, y1, x2, y2] = [middle(source), top(source) + height, middle(i), top(i)].map(place);
      // Far ones bend more, so that they do not run through the boxes between.
      const bend = place(GAP_Y * 0.6 * Math.min(3, levels[i] - levels[source]));
      return element("path", {
        d: `M${x1} ${y1}C${x1} ${place(y1 + bend)} ${x2} ${place(y2 - bend)} ${x2} ${y2}m-4 -7l4 7l4 -7`,
        fill: "none",
        stroke: "currentColor",
        "stroke-opacity": 0.6,
      });
    })
  );
  const drawn = boxes.map((_, i) => [
    element("rect", {
      x: place(lefts[i]),
      y: top(i),
      width: place(widths[i]),
      height,
      rx: 5,
      fill: "none",
      stroke: "currentColor",
    }),
    clean[i].map((line, row) =>
      element("text", {
        x: place(middle(i)),
        y: top(i) + PADDING / 2 + LINE * row + 12,
        "text-anchor": "middle",
        fill: "currentColor",
        "font-weight": row === 0 ? "bold" : undefined,
      }, line)
    ),
  ]);
  const description = clean.map((lines, i) => {
    const from = boxes[i].sources.map((source) => clean[source][0]).join(", ");
    return `${lines.join(", ")}${from === "" ? "" : ` after ${from}`}.`;
  }).join(" ");
  const tall = rows.length * (height + GAP_Y) - GAP_Y + 2 * EDGE;
  return svg({ width: Math.ceil(width), height: tall, title: cleanText(title, 60), description }, arrows, drawn);
}
