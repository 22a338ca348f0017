import { largestOf } from "../tensor/largest_of.ts";
import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkOptions } from "../errors/check_options.ts";
import { checkString } from "../errors/check_string.ts";
import { describeValue } from "../errors/describe_value.ts";
import { BrailleCanvas } from "./braille_canvas.ts";
import { cleanText } from "../errors/clean_text.ts";
import { formatNumber } from "../drawing/format_number.ts";
import { paint, PALETTE } from "../drawing/paint.ts";

/** What to draw: the values of one curve, several curves by name, or what `fit` returned. */
export type Curves =
  | readonly number[]
  | Readonly<Record<string, readonly number[]>>
  | { readonly history: Readonly<Record<string, readonly unknown[]>> };

/** Options of `plot.lossCurve`. */
export interface LossCurveOptions {
  /** Columns of the whole picture, an integer >= 20. Default 60. */
  width?: number;
  /** Rows of the drawing, without title and axis, an integer >= 3. Default 12. */
  height?: number;
  /** A line above the picture. Default none. */
  title?: string;
  /** Whether the vertical axis is logarithmic: all values must then be > 0. Default false. */
  log?: boolean;
  /** Which curves of a history to draw. Default `loss` and, if there is one, `val_loss`. */
  names?: readonly string[];
  /** Whether to use ANSI colours. Default false. */
  color?: boolean;
}

interface Curve {
  name: string;
  values: readonly number[];
}

const WHAT = "plot loss curve";

/**
 * A line chart of values over epochs, in braille characters. The second curve has short gaps, the third longer ones; NaN and Infinity are
 * gaps.
 *
 * ```ts
 * import { plot } from "retroprop";
 *
 * plot.lossCurve([0.7, 0.5, 0.2, 0.1, 0.05], { height: 5, title: "loss" });
 * ```
 *
 * @param curves The values, an array a curve, or the history of a fit.
 * @param options Size, title, scale and colour.
 * @returns Lines joined by line breaks, no line break at the end.
 * @throws {TypeError | RangeError} If there is nothing to draw, or an option is unknown or out of range.
 */
export function lossCurve(curves: Curves, options: LossCurveOptions = {}): string {
  checkOptions(WHAT, options, ["width", "height", "title", "log", "names", "color"]);
  const width = checkInteger(WHAT, "width", options.width ?? 60, { min: 20, max: 1000 });
  const height = checkInteger(WHAT, "height", options.height ?? 12, { min: 3, max: 1000 });
  const log = checkBoolean(WHAT, "log", options.log ?? false);
  const color = checkBoolean(WHAT, "color", options.color ?? false);
  const list = readCurves(curves, options.names);
  const finite = list.flatMap(({ values }) => values.filter(Number.isFinite));
  if (finite.length === 0) throw new RangeError(`Cannot ${WHAT}: at least one value must be finite, got none`);
  if (log && finite.some((value) => value <= 0)) {
    const bad = finite.find((value) => value <= 0);
    throw new RangeError(`Cannot ${WHAT}: values on a logarithmic axis must be > 0, got ${bad}`);
  }
  const scale = (value: number): number => log ? Math.log10(value) : value;
  const lowest = finite.reduce((a, b) => Math.min(a, b));
  const highest = finite.reduce((a, b) => Math.max(a, b));
  const [bottom, top] = [scale(lowest), scale(highest)];
  const middle = log ? 10 ** ((bottom + top) / 2) : bottom / 2 + top / 2;
  const labels = new Map([[0, formatNumber(highest)], [height - 1, formatNumber(lowest)]]);
  if (height % 2 === 1 && top > bottom) labels.set((height - 1) / 2, formatNumber(middle));
  const margin = largestOf(Array.from(labels.values(), (label) => label.length));
  const columns = width - margin - 2;
  const epochs = largestOf(list.map(({ values }) => values.length));
  const place = (value: number): number => top === bottom ? 0.5 : (top - scale(value)) / (top - bottom);
  const drawings = list.map(({ values }, i) => draw(values, { columns, height, epochs, place, dash: i % 3 + 1 }));
  const lines = Array.from({ length: height }, (_, row) => {
    const label = (labels.get(row) ?? "").padStart(margin);
    return `${label} ${labels.has(row) ? "┤" : "│"}${merge(drawings.map((drawing) => drawing[row]), color)}`.trimEnd();
  });
  const last = epochs === 1 ? "" : String(epochs);
  lines.push(`${" ".repeat(margin + 1)}└${"─".repeat(columns)}`);
  lines.push(`${" ".repeat(margin + 2)}1${last.padStart(columns - 1)}`.trimEnd());
  if (list.length > 1) lines.push(`${" ".repeat(margin + 2)}${legend(list, color)}`);
  if (options.title !== undefined) lines.unshift(cleanText(checkString(WHAT, "title", options.title), width));
  return lines.join("\n");
}

function readCurves(curves: Curves, names: readonly string[] | undefined): Curve[] {
  if (typeof curves !== "object" || curves === null) {
    throw new TypeError(
      `Cannot ${WHAT}: values must be an array, arrays by name or a history, got ${describeValue(curves)}`,
    );
  }
  let list: { name: string; values: unknown }[];
  if (Array.isArray(curves)) {
    list = [{ name: "", values: curves }];
  } else {
    const isHistory = "history" in curves && !Array.isArray(curves.history);
    const all = (isHistory ? curves.history : curves) as Readonly<Record<string, unknown>>;
    const drawn = names ??
      (isHistory ? ["loss", "val_loss"].filter((name) => Object.hasOwn(all, name)) : Object.keys(all));
    for (const name of drawn) {
      if (!Object.hasOwn(all, name)) {
        throw new RangeError(
          `Cannot ${WHAT}: names must be among ${Object.keys(all).join(", ")}, got ${describeValue(name)}`,
        );
      }
    }
    list = drawn.map((name) => ({ name, values: all[name] }));
  }
  if (list.length === 0) throw new RangeError(`Cannot ${WHAT}: there must be at least one curve, got none`);
  for (const { name, values } of list) {
    if (!Array.isArray(values) || !values.every((value) => typeof value === "number")) {
      throw new TypeError(
        `Cannot ${WHAT}: ${name || "values"} must be an array of numbers, got ${describeValue(values)}`,
      );
    }
  }
  return list as Curve[];
}

function draw(
  values: readonly number[],
  { columns, height, epochs, place, dash }: {
    columns: number;
    height: number;
    epochs: number;
    place: (value: number) => number;
    dash: number;
  },
): string[] {
  const canvas = new BrailleCanvas(columns, height);
  let before: readonly [number, number] | null = null;
  values.forEach((value, epoch) => {
    if (!Number.isFinite(value)) {
      before = null;
      return;
    }
    const x = epochs === 1 ? 0 : Math.round(epoch / (epochs - 1) * (canvas.dotsWide - 1));
    const y = Math.round(place(value) * (canvas.dotsHigh - 1));
    if (before === null) canvas.set(x, y);
    else canvas.line(before[0], before[1], x, y, dash);
    before = [x, y];
  });
  return canvas.toLines();
}

/** Lays rows of braille over each other; where two curves share a character it takes the colour of the first. */
function merge(rows: readonly string[], color: boolean): string {
  return Array.from(rows[0], (_, column) => {
    const bits = rows.map((row) => row[column] === " " ? 0 : row.charCodeAt(column) - 0x2800);
    const all = bits.reduce((a, b) => a | b);
    if (all === 0) return " ";
    const character = String.fromCharCode(0x2800 + all);
    return color ? paint(character, PALETTE[bits.findIndex((b) => b !== 0) % PALETTE.length]) : character;
  }).join("");
}

function legend(list: readonly Curve[], color: boolean): string {
  const strokes = ["⠒⠒⠒", "⠒ ⠒", "⠒  ⠒"];
  return list.map(({ name }, i) => {
    const stroke = strokes[i % 3];
    return `${color ? paint(stroke, PALETTE[i % PALETTE.length]) : stroke} ${cleanText(name)}`;
  }).join("   ");
}
