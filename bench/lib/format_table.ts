/** A table of a benchmark. All columns but the first are aligned to the right. */
export interface Table {
  title: string;
  header: string[];
  rows: string[][];
}

/** Formats a table as Markdown whose columns line up in a terminal too. The title is not part of it. */
export function formatTable({ header, rows }: Table): string {
  const widths = header.map((cell, i) => Math.max(3, cell.length, ...rows.map((row) => row[i].length)));
  const line = (cells: string[]): string =>
    `| ${cells.map((cell, i) => i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])).join(" | ")} |`;
  const rule = `| ${widths.map((width, i) => i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`).join(" | ")} |`;
  return [line(header), rule, ...rows.map(line)].join("\n");
}
