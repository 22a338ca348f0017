/**
 * Pictures of several lines beside each other, each under its title.
 *
 * @param pictures Lines joined by line breaks; they may have ANSI colours.
 * @param gap Columns between two pictures. Default 3.
 * @returns Lines joined by line breaks.
 */
export function putBeside(pictures: readonly { readonly title: string; readonly picture: string }[], gap = 3): string {
  const blocks = pictures.map(({ title, picture }) => [title, ...picture.split("\n")]);
  const widths = blocks.map((lines) => lines.reduce((most, line) => Math.max(most, countColumns(line)), 0));
  const height = blocks.reduce((most, lines) => Math.max(most, lines.length), 0);
  return Array.from({ length: height }, (_, row) =>
    blocks.map((lines, i) => {
      const line = lines[row] ?? "";
      return line + " ".repeat(widths[i] - countColumns(line) + gap);
    }).join("").trimEnd()).join("\n");
}

/** The columns that a line takes: escape sequences take none. */
function countColumns(line: string): number {
  // deno-lint-ignore no-control-regex
  return [...line.replace(/\x1b\[[\d;]*m/g, "")].length;
}
