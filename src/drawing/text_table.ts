/** Where a column's texts stand. */
export type Alignment = "left" | "right";

/** The places that a text takes in a terminal: combining marks take none. */
export function textWidth(text: string): number {
  // deno-lint-ignore no-control-regex -- the codes of colours begin with one
  return Array.from(text.replace(/\x1b\[[\d;]*m|\p{Mn}/gu, "")).length;
}

/** A text with spaces around it, so that it takes `width` places; a longer one stays as it is. */
export function padText(text: string, width: number, alignment: Alignment = "left"): string {
  const spaces = " ".repeat(Math.max(0, width - textWidth(text)));
  return alignment === "left" ? text + spaces : spaces + text;
}

/**
 * Rows of texts as lines, columns under each other with two spaces between, no spaces at the end of a line.
 *
 * @param alignments One for each column; the last one holds for all further columns. Default: all left.
 */
export function textTable(rows: readonly (readonly string[])[], alignments: readonly Alignment[] = ["left"]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((text, i) => widths[i] = Math.max(widths[i] ?? 0, textWidth(text)));
  }
  const alignmentOf = (i: number): Alignment => alignments[Math.min(i, alignments.length - 1)];
  return rows.map((row) => row.map((text, i) => padText(text, widths[i], alignmentOf(i))).join("  ").trimEnd());
}
