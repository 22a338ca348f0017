import { formatTable, type Table } from "./format_table.ts";

/** What a benchmark found. */
export interface Report {
  /** The benchmark's name: that of its file. */
  benchmark: string;
  tables: Table[];
  /** The figures that targets are held against, by name with the unit at the end: `"xor fit ms"`. */
  figures: Record<string, number>;
}

/** Prints a report: its tables, then the report as one line of JSON, which is the last line of the output. */
export function printReport(report: Report): void {
  for (const table of report.tables) console.log(`\n${table.title}\n\n${formatTable(table)}`);
  console.log(`\n${JSON.stringify(report)}`);
}
