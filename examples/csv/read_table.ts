import { type CsvRecord, splitRecords } from "./split_records.ts";

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
  let records: CsvRecord[];
  try {
    records = splitRecords(text, separator);
  } catch (error) {
    throw new Error(`the file is no sound CSV: ${(error as Error).message}`, { cause: error });
  }
  if (records.length === 0) throw new Error("the file is empty: its first line must name the columns");
  const [{ cells: columns }, ...rows] = records.map(({ line, fields }) => ({
    line,
    cells: fields.map((field) => field.trim()),
  }));
  const uneven = rows.find(({ cells }) => cells.length !== columns.length);
  if (uneven !== undefined) {
    const counts = `must have ${columns.length} cells, as the first has, got ${uneven.cells.length}`;
    throw new Error(`line ${uneven.line} ${counts}`);
  }
  const unnamed = columns.indexOf("");
  if (unnamed >= 0) throw new Error(`every column must have a name in the first line, column ${unnamed + 1} has none`);
  const twice = columns.find((name, i) => columns.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`column names must differ, "${twice}" is there twice`);
  if (rows.length === 0) throw new Error("the file has column names but no samples");
  return { columns, rows };
}
