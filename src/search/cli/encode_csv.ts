import { hasControlCharacters } from "../../errors/has_control_characters.ts";
import type { CsvTable } from "./read_csv.ts";

/** A column of text with more different texts than this is refused. */
const MOST_CATEGORIES = 50;
/** A numeric target with at most so many different integers is a class. */
const MOST_CLASSES = 20;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A table as numbers. */
export interface EncodedTable {
  /** The rows as they stand in the file, the target left out. */
  readonly x: number[][];
  readonly y: number[];
  /** What the numbers of a row are: the name of a column, or `column=text` for one of its texts. */
  readonly columns: readonly string[];
  /** What is predicted. */
  readonly target: string;
  /** The names of the classes; null where the target is a number. */
  readonly classes: readonly string[] | null;
  /** Mean and variance of each feature, for scaling; the variance 1 for features that are the same everywhere. */
  readonly mean: number[];
  readonly variance: number[];
  /** What was added and multiplied to make a numeric target of mean 0 and variance 1. */
  readonly scale: { readonly mean: number; readonly deviation: number };
}

/**
 * Turns a table into numbers: numbers stay, text becomes one feature a category, and the target class indices, or numbers with mean 0 and
 * variance 1. Features that are the same everywhere stay: what is trained takes the rows of the file.
 *
 * @throws {Error} If there is no such column, a value is missing, or there are too many categories or no two classes.
 */
export function encodeCsv(
  { columns, rows }: CsvTable,
  target: string,
  task: "auto" | "classification" | "regression",
): EncodedTable {
  const at = columns.indexOf(target);
  if (at < 0) throw new Error(`there is no column "${target}"; columns are: ${columns.join(", ")}`);
  const features: { name: string; values: number[] }[] = [];
  columns.forEach((column, j) => {
    const values = rows.map((row, i) => {
      if (row[j] === "") throw new Error(`row ${i + 1} has no value in column "${column}"`);
      return row[j];
    });
    if (j === at) return;
    if (values.every((value) => NUMBER.test(value))) {
      return void features.push({ name: column, values: values.map(Number) });
    }
    const categories = [...new Set(values)].sort();
    if (categories.length > MOST_CATEGORIES) {
      throw new Error(
        `text column "${column}" has ${categories.length} different texts, at most ${MOST_CATEGORIES} are possible; leave it out`,
      );
    }
    for (const category of categories) {
      features.push({ name: `${column}=${category}`, values: values.map((value) => value === category ? 1 : 0) });
    }
  });
  const described = features.map(({ values }) => describe(values));
  if (described.every(({ isConstant }) => isConstant)) {
    throw new Error("there must be at least one column besides the target whose values differ");
  }
  const table = {
    x: rows.map((_, i) => features.map(({ values }) => values[i])),
    columns: features.map(({ name }) => cleanName(name)),
    target: cleanName(target),
    mean: described.map(({ mean }) => mean),
    variance: described.map(({ variance, isConstant }) => isConstant ? 1 : variance),
  };
  const labels = rows.map((row) => row[at]);
  const isNumeric = labels.every((label) => NUMBER.test(label));
  const names = [...new Set(labels)].sort(isNumeric ? (a, b) => Number(a) - Number(b) : undefined);
  const isClass = task === "classification" ||
    task === "auto" &&
      (!isNumeric || names.length <= MOST_CLASSES && labels.every((label) => /^[+-]?\d+$/.test(label)));
  if (!isClass) {
    if (!isNumeric) {
      throw new Error(
        `column "${target}" must hold numbers for a regression, got "${labels.find((v) => !NUMBER.test(v))}"`,
      );
    }
    const numbers = labels.map(Number);
    const { mean: m, variance: v } = describe(numbers);
    const deviation = Math.sqrt(v) || 1;
    return { ...table, y: numbers.map((n) => (n - m) / deviation), classes: null, scale: { mean: m, deviation } };
  }
  if (names.length < 2) throw new Error(`column "${target}" must hold at least two classes, all are "${names[0]}"`);
  const numbers = new Map(names.map((name, k) => [name, k]));
  const y = labels.map((label) => numbers.get(label)!);
  return { ...table, y, classes: names.map(cleanName), scale: { mean: 0, deviation: 1 } };
}

/** A name that a model's file may have. */
function cleanName(name: string): string {
  return Array.from(name, (character) => hasControlCharacters(character) ? " " : character).join("");
}

function describe(values: readonly number[]): { mean: number; variance: number; isConstant: boolean } {
  // Of equal numbers the mean is that number itself, which a sum might miss by a rounding.
  if (values.every((value) => value === values[0])) return { mean: values[0], variance: 0, isConstant: true };
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, variance, isConstant: false };
}
