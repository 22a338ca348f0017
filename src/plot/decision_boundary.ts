import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { describeValue } from "../errors/describe_value.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { formatNumber } from "../drawing/format_number.ts";
import { blend, type Colour, paint, PALETTE } from "../drawing/paint.ts";

/** Anything that predicts: a model does. */
export interface Predictor {
  /** The shape of what it takes, if it says so: `[null, 2]`. */
  readonly inputShape?: readonly (number | null)[];
  /** Its inputs and outputs, if it says so: one of each can be plotted. */
  readonly inputs?: readonly unknown[];
  readonly outputs?: readonly unknown[];
  /** Gives the outputs for points [samples, 2], all outputs of a sample together. */
  predict(x: number[][]): { readonly data: Float32Array };
}

/** Samples to mark in a picture. */
export interface LabelledPoints {
  /** The samples [samples, 2]. */
  readonly x: readonly (readonly number[])[];
  /** Their classes: integers from 0, plain or in rows of one number. */
  readonly y: readonly (number | readonly number[])[];
}

/** Options of `plot.decisionBoundary`. */
export interface DecisionBoundaryOptions {
  /** The range of the first feature, left to right. */
  x: readonly [min: number, max: number];
  /** The range of the second feature, bottom to top. */
  y: readonly [min: number, max: number];
  /** Columns of the drawing without the axis, an integer >= 4. Default 40. */
  width?: number;
  /** Rows of the drawing without the axis, an integer >= 2. Default 16. */
  height?: number;
  /** Samples to mark with the digit of their class. Those outside the ranges are left out. */
  points?: LabelledPoints;
  /** Whether to draw with ANSI colours in half blocks, two points a character. Default false: shades. */
  color?: boolean;
}

const WHAT = "plot decision boundary";
const SHADES = [" ", "░", "▒", "▓", "█"] as const;

/**
 * What a model of two features predicts, over a rectangle.
 *
 * With one output p the shades are ` ` p < 0.25, `░` p < 0.5, `▓` p < 0.75, `█` above: the boundary runs between ░ and ▓. With several
 * outputs every class, the largest output, has a shade or a letter of its own.
 *
 * ```ts
 * import { plot } from "retroprop";
 *
 * const above = { predict: (x: number[][]) => ({ data: Float32Array.from(x, ([a, b]) => b > a ? 1 : 0) }) };
 * plot.decisionBoundary(above, { x: [0, 1], y: [0, 1], points: { x: [[0.2, 0.8]], y: [1] } });
 * ```
 *
 * @param model Anything with `predict`.
 * @param options The ranges, the size, samples to mark, colour.
 * @returns Lines joined by line breaks, no line break at the end.
 * @throws {TypeError | RangeError} If an option is missing, unknown or out of range, or the model predicts for something else
 *   than points of two features.
 */
export function decisionBoundary(model: Predictor, options: DecisionBoundaryOptions): string {
  if (typeof model?.predict !== "function") {
    throw new TypeError(`Cannot ${WHAT}: the model must have a function predict, got ${describeValue(model)}`);
  }
  checkOptions(WHAT, options, ["x", "y", "width", "height", "points", "color"]);
  const [left, right] = checkRange("x", options?.x);
  const [bottom, top] = checkRange("y", options.y);
  const width = checkInteger(WHAT, "width", options.width ?? 40, { min: 4, max: 1000 });
  const height = checkInteger(WHAT, "height", options.height ?? 16, { min: 2, max: 1000 });
  const color = checkBoolean(WHAT, "color", options.color ?? false);
  const rows = color ? height * 2 : height;
  const inputs: number[][] = [];
  for (let row = 0; row < rows; row++) {
    const b = top - (row + 0.5) / rows * (top - bottom);
    for (let column = 0; column < width; column++) inputs.push([left + (column + 0.5) / width * (right - left), b]);
  }
  checkInputs(model);
  const predicted = model.predict(inputs);
  const data: unknown = predicted?.data;
  if (!(data instanceof Float32Array)) {
    throw new TypeError(`Cannot ${WHAT}: predict must give a tensor, got ${describeValue(predicted)}`);
  }
  const outputs = data.length / inputs.length;
  if (!Number.isInteger(outputs) || outputs === 0) {
    throw new TypeError(
      `Cannot ${WHAT}: the model must give as many outputs for each of ${inputs.length} points, got ${data.length}`,
    );
  }
  const cells = Array.from(
    { length: height },
    (_, row) =>
      Array.from({ length: width }, (_, column) =>
        color
          ? paint(
            "▀",
            colourAt(data, outputs, 2 * row * width + column),
            colourAt(data, outputs, (2 * row + 1) * width + column),
          )
          : shadeAt(data, outputs, row * width + column)),
  );
  for (const { a, b, mark } of readPoints(options.points)) {
    const column = placeOf(a, left, right, width);
    const row = placeOf(b, top, bottom, height);
    if (column !== null && row !== null) cells[row][column] = color ? `\x1b[1;97;40m${mark}\x1b[0m` : mark;
  }
  const [high, low] = [formatNumber(top), formatNumber(bottom)];
  const margin = Math.max(high.length, low.length);
  const lines = cells.map((row, i) => {
    const label = i === 0 ? high : i === height - 1 ? low : "";
    return `${label.padStart(margin)} ${label === "" ? "│" : "┤"}${row.join("")}│`;
  });
  lines.push(`${" ".repeat(margin + 1)}└${"─".repeat(width)}┘`);
  const start = formatNumber(left);
  const indent = " ".repeat(margin + 2);
  lines.push(`${indent}${start}${formatNumber(right).padStart(Math.max(width - start.length, 1))}`);
  return lines.join("\n");
}

/** Checks that a model takes two numbers and gives one tensor, if it says what it takes and gives. */
function checkInputs(model: Predictor): void {
  for (const kind of ["inputs", "outputs"] as const) {
    const ports: unknown = model[kind];
    if (!Array.isArray(ports) || ports.length === 1) continue;
    const one = kind.slice(0, -1);
    throw new TypeError(`Cannot ${WHAT}: the model must have one ${one}, got ${ports.length} ${kind}`);
  }
  const shape: unknown = model.inputShape;
  if (!Array.isArray(shape) || shape.length === 2 && shape[1] === 2) return;
  throw new TypeError(
    `Cannot ${WHAT}: the model must have two inputs, the axes of the picture, got inputs of shape ${
      formatShape(shape)
    }`,
  );
}

function checkRange(name: string, range: unknown): readonly [number, number] {
  if (!Array.isArray(range) || range.length !== 2) {
    throw new TypeError(`Cannot ${WHAT}: ${name} must be a range [min, max], got ${describeValue(range)}`);
  }
  const min = checkNumber(WHAT, `the minimum of ${name}`, range[0]);
  return [min, checkNumber(WHAT, `the maximum of ${name}`, range[1], { minExclusive: min })];
}

function readPoints(points: LabelledPoints | undefined): { a: number; b: number; mark: string }[] {
  if (points === undefined) return [];
  if (!Array.isArray(points?.x) || !Array.isArray(points.y)) {
    throw new TypeError(`Cannot ${WHAT}: points must be arrays { x, y }, got ${describeValue(points)}`);
  }
  if (points.x.length !== points.y.length) {
    throw new TypeError(
      `Cannot ${WHAT}: points.x and points.y must be as many, got ${points.x.length} and ${points.y.length}`,
    );
  }
  return points.x.map((point: readonly number[], i: number) => {
    if (!Array.isArray(point) || point.length !== 2) {
      throw new TypeError(`Cannot ${WHAT}: points.x[${i}] must be two numbers, got ${describeValue(point)}`);
    }
    const label: unknown = [points.y[i]].flat()[0];
    const index = checkInteger(WHAT, `points.y[${i}]`, label, { min: 0, max: 35 });
    return { a: point[0], b: point[1], mark: index.toString(36) };
  });
}

/** The cell of `value` between `from`, at cell 0, and `to`; null outside. */
function placeOf(value: number, from: number, to: number, cells: number): number | null {
  const share = (value - from) / (to - from);
  return share >= 0 && share <= 1 ? Math.min(Math.floor(share * cells), cells - 1) : null;
}

function shadeAt(data: Float32Array, outputs: number, index: number): string {
  if (outputs === 1) {
    const p = data[index];
    if (Number.isNaN(p)) return "?";
    return p < 0.25 ? " " : p < 0.5 ? "░" : p < 0.75 ? "▓" : "█";
  }
  const best = findLargest(data, outputs, index);
  if (outputs > SHADES.length) return String.fromCharCode(97 + best % 26);
  return SHADES[Math.round(best * (SHADES.length - 1) / (outputs - 1))];
}

function colourAt(data: Float32Array, outputs: number, index: number): Colour {
  if (outputs > 1) return PALETTE[findLargest(data, outputs, index) % PALETTE.length];
  const p = Math.min(Math.max(data[index], 0), 1);
  const pale: Colour = [245, 245, 245];
  return p < 0.5 ? blend(PALETTE[0], pale, p * 2) : blend(pale, PALETTE[1], p * 2 - 1 || 0);
}

function findLargest(data: Float32Array, outputs: number, index: number): number {
  const start = index * outputs;
  let best = 0;
  for (let k = 1; k < outputs; k++) if (data[start + k] > data[start + best]) best = k;
  return best;
}
