import type { Row, Table } from "./read_table.ts";

/** A text column with more different texts than this is refused. */
const MOST_CATEGORIES = 50;
/** A target column with more different values than this is refused. */
const MOST_CLASSES = 100;
/** What people write into a column of numbers where there is none. */
const MISSING = ["", "?", "-", "na", "n/a", "nan", "null", "none"];
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** One number of a sample: a column of numbers, or whether a text column holds a certain text. */
export interface Feature {
  /** The column's name. */
  readonly column: string;
  /** For a text column the text for which this is 1, else null. */
  readonly category: string | null;
}

/** A table of numbers and classes. */
export interface Samples {
  /** What the numbers of a sample are. */
  readonly features: readonly Feature[];
  /** The samples. */
  readonly x: number[][];
  /** The index of each sample's class. */
  readonly y: number[];
  /** The names of the classes. */
  readonly labels: readonly string[];
}

/**
 * Turns a table into numbers: columns of numbers stay as they are, a text column becomes one feature a category, 1 or 0, and the
 * target becomes class indices. A column with both numbers and text is text.
 *
 * @param drop Columns to leave out.
 * @throws {Error} For a column that does not exist, a missing value (line and column are named), too many categories, or fewer than
 *   two classes.
 */
export function encodeTable(table: Table, target: string, drop: readonly string[] = []): Samples {
  const { columns, rows } = table;
  for (const name of [target, ...drop]) {
    if (!columns.includes(name)) throw new Error(`there is no column "${name}"; columns are: ${columns.join(", ")}`);
  }
  const labels = sortTexts(readTexts(rows, columns.indexOf(target), target));
  if (labels.length < 2) throw new Error(`column "${target}" must hold at least two classes, all are "${labels[0]}"`);
  if (labels.length > MOST_CLASSES) {
    throw new Error(
      `column "${target}" has ${labels.length} different values, at most ${MOST_CLASSES} classes are possible; ` +
        "a number to estimate is no class",
    );
  }
  const indices = new Map(labels.map((label, i) => [label, i]));
  const features: Feature[] = [];
  const x: number[][] = rows.map(() => []);
  columns.forEach((column, index) => {
    if (column === target || drop.includes(column)) return;
    if (isNumeric(rows, index)) {
      features.push({ column, category: null });
      rows.forEach((row, i) => x[i].push(readNumber(row, index, column)));
    } else {
      const categories = sortTexts(readTexts(rows, index, column));
      if (categories.length > MOST_CATEGORIES) {
        throw new Error(
          `text column "${column}" has ${categories.length} different texts, at most ${MOST_CATEGORIES} are possible; ` +
            `leave it out with --drop="${column}"`,
        );
      }
      for (const category of categories) features.push({ column, category });
      rows.forEach((row, i) => {
        for (const category of categories) x[i].push(row.cells[index] === category ? 1 : 0);
      });
    }
  });
  if (features.length === 0) throw new Error("there must be at least one column besides the target");
  const y = rows.map((row) => indices.get(row.cells[columns.indexOf(target)])!);
  return { features, x, y, labels };
}

/** Leaves out the features that are the same in all of `rows`: they tell nothing and cannot be scaled. */
export function keepVarying(samples: Samples, rows: readonly number[]): Samples {
  const first = samples.x[rows[0]];
  const kept = samples.features.map((_, j) => j).filter((j) => rows.some((i) => samples.x[i][j] !== first[j]));
  if (kept.length === 0) throw new Error("there must be at least one column whose values differ");
  return {
    ...samples,
    features: kept.map((j) => samples.features[j]),
    x: samples.x.map((row) => kept.map((j) => row[j])),
  };
}

/** Whether a column holds numbers, apart from missing ones. */
function isNumeric(rows: readonly Row[], index: number): boolean {
  const given = rows.filter((row) => !MISSING.includes(row.cells[index].toLowerCase()));
  return given.length > 0 && given.every((row) => NUMBER.test(row.cells[index]));
}

function readNumber(row: Row, index: number, column: string): number {
  const text = row.cells[index];
  if (!NUMBER.test(text)) throw missing(row, column, text);
  const value = Number(text);
  if (!Number.isFinite(Math.fround(value))) {
    throw new Error(`line ${row.line}, column "${column}": ${text} is too large`);
  }
  return value;
}

function readTexts(rows: readonly Row[], index: number, column: string): string[] {
  for (const row of rows) if (row.cells[index] === "") throw missing(row, column, "");
  return [...new Set(rows.map((row) => row.cells[index]))];
}

function missing(row: Row, column: string, text: string): Error {
  const found = text === "" ? "" : ` ("${text}")`;
  return new Error(`line ${row.line}, column "${column}": the value is missing${found}; fill it in or delete the line`);
}

/** Numbers by size, then texts by their characters. */
function sortTexts(texts: readonly string[]): string[] {
  const areNumbers = texts.every((text) => NUMBER.test(text));
  return [...texts].sort((a, b) => areNumbers ? Number(a) - Number(b) : a < b ? -1 : 1);
}
