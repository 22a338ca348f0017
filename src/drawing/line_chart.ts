import { cleanText } from "../errors/clean_text.ts";
import { formatNumber } from "./format_number.ts";
import { element, type Markup } from "./markup.ts";
import { cssColour, PALETTE } from "./paint.ts";
import { place, svg } from "./svg.ts";

/** A curve of a chart. */
export interface Curve {
  /** What it is. */
  readonly name: string;
  /** Its values; NaN and infinities are gaps. */
  readonly values: readonly number[];
  /** Where on the horizontal axis each value stands, ascending. Default 1, 2, 3, … */
  readonly at?: readonly number[];
}

/** What {@link lineChart} draws. */
export interface LineChartOptions {
  /** The heading. */
  readonly title: string;
  /** The curves, the first solid, the others dashed. */
  readonly curves: readonly Curve[];
  /** What the horizontal axis counts. Default `epoch`. */
  readonly axis?: string;
  /** Whether the vertical axis is logarithmic. Default: if all values are > 0 and the largest is 100 times the smallest or more. */
  readonly log?: boolean;
  /** Width in pixels. Default 340. */
  readonly width?: number;
  /** Height of the drawing between title and axis, in pixels. Default 140. */
  readonly height?: number;
}

const LEFT = 64, RIGHT = 12, TOP = 26, BOTTOM = 20, LINE = 16;
/** Dashes of the curves, in turn, so that colours need not be told apart. */
const DASHES = [undefined, "6 3", "2 3", "9 3 2 3"];
/** Names longer than this are cut. */
const MOST_LETTERS = 24;
/** Pixels that a letter takes about. */
const LETTER = 6.6;
/** From this ratio of largest to smallest value on, an axis is logarithmic. */
const LOG_RATIO = 100;

/** A chart of curves as static SVG, in the colour of the text around it and the palette of all pictures. */
export function lineChart(options: LineChartOptions): Markup {
  const { title, curves, axis = "epoch", width = 340, height = 140 } = options;
  const extent = findExtent(curves);
  const log = (options.log ?? extent.high >= LOG_RATIO * extent.low) && extent.low > 0;
  const scale = (value: number): number => log ? Math.log10(value) : value;
  const [bottom, top] = [scale(extent.low), scale(extent.high)];
  const across = width - LEFT - RIGHT;
  const x = (at: number): number =>
    LEFT + (extent.last === extent.first ? 0.5 : share(at, extent.first, extent.last)) * across;
  const y = (value: number): number => TOP + (top === bottom ? 0.5 : 1 - share(scale(value), bottom, top)) * height;
  const legend = curves.length > 1 ? placeLegend(curves, width) : [];
  const rows = legend.length === 0 ? 0 : legend[legend.length - 1].row + 1;
  const text = (content: string, attributes: Readonly<Record<string, string | number>>): Markup =>
    element("text", { fill: "currentColor", ...attributes }, content);
  const hasValues = Number.isFinite(bottom) && Number.isFinite(top);
  const labels = !hasValues ? [] : top === bottom ? [extent.high] : [
    extent.high,
    log ? 10 ** ((bottom + top) / 2) : extent.low / 2 + extent.high / 2,
    extent.low,
  ];
  const digits = countDigits(labels);
  return svg(
    {
      width,
      height: TOP + height + BOTTOM + LINE * rows,
      title: cleanText(title, 60),
      description: curves.map((curve) => describe(curve, axis)).join(" "),
    },
    text(cleanText(title, 40) + (log ? " (log)" : ""), { x: LEFT, y: 14, "font-weight": "bold" }),
    labels.map((value) => [
      element("path", { d: `M${LEFT} ${place(y(value))}h${across}`, stroke: "currentColor", "stroke-opacity": 0.2 }),
      text(formatNumber(value, digits), { x: LEFT - 5, y: place(y(value) + 4), "text-anchor": "end" }),
    ]),
    hasValues ? null : text("no finite value", { x: LEFT + across / 2, y: TOP + height / 2, "text-anchor": "middle" }),
    element("path", { d: `M${LEFT} ${TOP + height}h${across}`, stroke: "currentColor" }),
    text(formatNumber(extent.first), { x: LEFT, y: TOP + height + 15 }),
    text(axis, { x: LEFT + across / 2, y: TOP + height + 15, "text-anchor": "middle" }),
    extent.last === extent.first
      ? null
      : text(String(extent.last), { x: LEFT + across, y: TOP + height + 15, "text-anchor": "end" }),
    curves.map((curve, i) =>
      element("path", { d: trace(curve, { x, y, columns: across }), ...strokeOf(i), "stroke-linejoin": "round" })
    ),
    // What is one point is a dot.
    curves.map(({ values, at }, i) =>
      values.length === 1 && Number.isFinite(values[0])
        ? element("circle", { cx: place(x(at?.[0] ?? 1)), cy: place(y(values[0])), r: 3, fill: strokeOf(i).stroke })
        : null
    ),
    legend.map(({ name, left, row }, i) => {
      const base = TOP + height + BOTTOM + LINE * row + 12;
      return [
        element("path", { d: `M${left} ${base - 4}h22`, ...strokeOf(i) }),
        text(name, { x: left + 27, y: base }),
      ];
    }),
  );
}

function strokeOf(i: number): Readonly<Record<string, string | number | undefined>> {
  return {
    fill: "none",
    stroke: cssColour(PALETTE[i % PALETTE.length]),
    "stroke-width": 2,
    "stroke-linecap": "round",
    "stroke-dasharray": DASHES[i % DASHES.length],
  };
}

/** So many digits that labels differ. */
function countDigits(labels: readonly number[]): number {
  for (let digits = 3; digits < 6; digits++) {
    if (new Set(labels.map((value) => formatNumber(value, digits))).size === labels.length) return digits;
  }
  return 6;
}

function share(value: number, low: number, high: number): number {
  return (value - low) / (high - low);
}

interface Extent {
  readonly low: number;
  readonly high: number;
  readonly first: number;
  readonly last: number;
}

/** The smallest and largest finite value, the first and last place. */
function findExtent(curves: readonly Curve[]): Extent {
  let [low, high, first, last] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { values, at } of curves) {
    for (let i = 0; i < values.length; i++) {
      const where = at?.[i] ?? i + 1;
      first = Math.min(first, where);
      last = Math.max(last, where);
      if (!Number.isFinite(values[i])) continue;
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
  }
  return Number.isFinite(first) ? { low, high, first, last } : { low, high, first: 1, last: 1 };
}

/** A curve as the commands of a path. Of many points, each column of pixels keeps the highest and the lowest. */
function trace(
  { values, at }: Curve,
  { x, y, columns }: { x: (at: number) => number; y: (value: number) => number; columns: number },
): string {
  const step = Math.max(1, Math.ceil(values.length / columns));
  let path = "";
  let isDown = false;
  const add = (i: number): void => {
    if (!Number.isFinite(values[i])) {
      isDown = false;
      return;
    }
    // A line of no length is a dot where ends are round.
    path += isDown ? "L" : "M";
    path += `${place(x(at?.[i] ?? i + 1))} ${place(y(values[i]))}${isDown ? "" : "h0"}`;
    isDown = true;
  };
  for (let from = 0; from < values.length; from += step) {
    const to = Math.min(from + step, values.length);
    if (step <= 2) { for (let i = from; i < to; i++) add(i); }
    else for (const i of pickExtremes(values, from, to)) add(i);
  }
  return path;
}

/** Of a range of values the lowest and the highest, in their order; of one with a gap also the gap. */
function pickExtremes(values: readonly number[], from: number, to: number): number[] {
  const picked = new Set<number>();
  let [low, high, gap] = [-1, -1, -1];
  for (let i = from; i < to; i++) {
    if (!Number.isFinite(values[i])) gap = i;
    else {
      if (low < 0 || values[i] < values[low]) low = i;
      if (high < 0 || values[i] > values[high]) high = i;
    }
  }
  for (const i of [low, high, gap]) if (i >= 0) picked.add(i);
  return [...picked].sort((a, b) => a - b);
}

interface LegendEntry {
  readonly name: string;
  readonly left: number;
  readonly row: number;
}

/** Where the names of the curves stand, side by side as far as there is room. */
function placeLegend(curves: readonly Curve[], width: number): LegendEntry[] {
  let [left, row] = [LEFT, 0];
  return curves.map(({ name: given }) => {
    const name = cleanText(given, MOST_LETTERS);
    const wide = Math.ceil(27 + name.length * LETTER + 12);
    if (left > LEFT && left + wide > width) [left, row] = [LEFT, row + 1];
    const entry = { name, left, row };
    left += wide;
    return entry;
  });
}

/** A curve in words: `loss: 0.693 at epoch 1, 0.012 at epoch 200, lowest 0.012 at epoch 200.` */
function describe({ name, values, at }: Curve, axis: string): string {
  const clean = cleanText(name, MOST_LETTERS);
  const say = (i: number): string => `${formatNumber(values[i])} at ${axis} ${formatNumber(at?.[i] ?? i + 1, 7)}`;
  let [lowest, missing] = [-1, 0];
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) missing++;
    else if (lowest < 0 || values[i] < values[lowest]) lowest = i;
  }
  if (lowest < 0) return `${clean}: no finite value.`;
  const ends = values.length === 1 ? say(0) : `${say(0)}, ${say(values.length - 1)}, lowest ${say(lowest)}`;
  return `${clean}: ${ends}${missing === 0 ? "" : `, ${missing} not finite`}.`;
}
