import { largestOf } from "../tensor/largest_of.ts";
import { checkBoolean } from "../errors/check_boolean.ts";
import { checkOptions } from "../errors/check_options.ts";
import { describeValue } from "../errors/describe_value.ts";
import { cleanText } from "../errors/clean_text.ts";
import { formatNumber } from "../drawing/format_number.ts";
import { paint, PALETTE } from "../drawing/paint.ts";

/** Options of `plot.confusionMatrix`. */
export interface ConfusionMatrixPlotOptions {
  /** Whether to paint the diagonal with ANSI colours. Default false. */
  color?: boolean;
}

const WHAT = "plot confusion matrix";

/**
 * A confusion matrix as a table: a row a true class, a column a predicted class, and the recall of each class.
 *
 * ```ts
 * import { plot } from "retroprop";
 *
 * plot.confusionMatrix([[12, 1], [0, 13]], ["cat", "dog"]);
 * ```
 *
 * @param matrix Counts [classes, classes], such as `metrics.confusionMatrix()` gives.
 * @param labels The names of the classes. Default their indices.
 * @param options Colour.
 * @returns Lines joined by line breaks, no line break at the end.
 * @throws {TypeError} If the matrix is not square or the labels are not as many.
 */
export function confusionMatrix(
  matrix: readonly (readonly number[])[],
  labels?: readonly string[],
  options: ConfusionMatrixPlotOptions = {},
): string {
  checkOptions(WHAT, options, ["color"]);
  const color = checkBoolean(WHAT, "color", options.color ?? false);
  if (!isSquare(matrix)) throw new TypeError(`Cannot ${WHAT}: matrix must be square, got ${describeValue(matrix)}`);
  if (labels !== undefined && (!Array.isArray(labels) || labels.length !== matrix.length)) {
    throw new TypeError(`Cannot ${WHAT}: there must be ${matrix.length} labels, got ${describeValue(labels)}`);
  }
  const names = matrix.map((_, i) => cleanText(String(labels?.[i] ?? i)));
  const cells = matrix.map((row) => row.map((count) => Number.isInteger(count) ? String(count) : formatNumber(count)));
  const first = largestOf(names.map(lengthOf), "true".length);
  const widths = names.map((name, i) => largestOf(cells.map((row) => row[i].length), lengthOf(name)));
  const lines = [`${" ".repeat(first + 2)}predicted`];
  lines.push(["true".padEnd(first), ...names.map((name, i) => pad(name, widths[i])), "recall"].join("  "));
  matrix.forEach((row, i) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    const recall = total === 0 ? "-" : `${(100 * row[i] / total).toFixed(1)}%`;
    const counts = cells[i].map((cell, j) => {
      const text = pad(cell, widths[j]);
      return color && i === j ? paint(text, PALETTE[2]) : text;
    });
    lines.push([names[i] + " ".repeat(first - lengthOf(names[i])), ...counts, recall.padStart(6)].join("  "));
  });
  return lines.join("\n");
}

function isSquare(matrix: unknown): boolean {
  if (!Array.isArray(matrix) || matrix.length === 0) return false;
  return matrix.every((row) => Array.isArray(row) && row.length === matrix.length);
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}

function pad(text: string, width: number): string {
  return " ".repeat(Math.max(width - lengthOf(text), 0)) + text;
}
