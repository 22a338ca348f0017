import { parse } from "@std/csv";

/** A table from a CSV file. */
export interface Table {
  /** The names in the first line. */
  readonly columns: readonly string[];
  /** The other lines. */
  readonly rows: readonly Row[];
}

/** One record of a table. */
export interface Row {
  /** The line of the file where it starts, from 1. */
  readonly line: number;
  /** A text for every column, without spaces around it. */
  readonly cells: readonly string[];
}

/**
 * Reads a table from CSV text whose first line names the columns. Blank lines are skipped.
 *
 * @throws {Error} For text that is no CSV, lines of different length (the line is named), column names that are empty or there
 *   twice, or a table without lines.
 */
export function readTable(text: string, separator = ","): Table {
  let records: string[][];
  try {
    records = parse(text, { separator, fieldsPerRecord: 0 });
  } catch (error) {
    throw new Error(`the file is no sound CSV: ${(error as Error).message}`, { cause: error });
  }
  if (records.length === 0) throw new Error("the file is empty: its first line must name the columns");
  const lines = findLines(text, records);
  const [columns, ...rest] = records.map((record) => record.map((cell) => cell.trim()));
  const unnamed = columns.indexOf("");
  if (unnamed >= 0) throw new Error(`every column must have a name in the first line, column ${unnamed + 1} has none`);
  const twice = columns.find((name, i) => columns.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`column names must differ, "${twice}" is there twice`);
  if (rest.length === 0) throw new Error("the file has column names but no samples");
  return { columns, rows: rest.map((cells, i) => ({ line: lines[i + 1], cells })) };
}

/** The line where each record starts: the parser skips blank lines, and a quoted cell may span several. */
function findLines(text: string, records: readonly (readonly string[])[]): number[] {
  const lines = text.split("\n").map((line) => line.replace(/\r$/, ""));
  let next = 0;
  return records.map((record) => {
    while (lines[next] === "") next++;
    const start = next;
    next += 1 + record.reduce((breaks, cell) => breaks + cell.split("\n").length - 1, 0);
    return start + 1;
  });
}
