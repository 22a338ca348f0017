import { LIMITS, type OwnPoint } from "../../configuration/configuration.ts";
import type { Strings } from "../../strings/en.ts";

/**
 * The rows of a CSV text with three columns: x1, x2, and a class (0, 1, … or names) or a value.
 *
 * @throws {RangeError} With words of the page's language, if the text is none
 */
export function readCsv(
  text: string,
  { csvProblems: words }: Strings,
): { points: OwnPoint[]; task: "classes" | "regression" } {
  const rows = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "").map(cells);
  const hasHeading = rows.length > 0 && rows[0].slice(0, 2).some((cell) => Number.isNaN(numberOf(cell)));
  const body = hasHeading ? rows.slice(1) : rows;
  if (body.length === 0) throw new RangeError(words.empty);
  if (body.length > LIMITS.points) throw new RangeError(words.tooMany(String(LIMITS.points), String(body.length)));
  body.forEach((row, i) => {
    const place = String(i + (hasHeading ? 2 : 1));
    if (row.length !== 3) throw new RangeError(words.columns(place, String(row.length)));
    const wrong = row.slice(0, 2).find((cell) => Number.isNaN(numberOf(cell)));
    if (wrong !== undefined) throw new RangeError(words.number(place, JSON.stringify(wrong)));
  });
  const last = body.map((row) => row[2]);
  const values = last.map(numberOf);
  const areNumbers = !values.some(Number.isNaN);
  const names = [...new Set(last)].sort();
  const areClasses = areNumbers &&
    values.every((value) => Number.isInteger(value) && value >= 0 && value < LIMITS.classes);
  if (!areNumbers && names.length > LIMITS.classes) {
    throw new RangeError(words.classes(String(LIMITS.classes), String(names.length)));
  }
  const points = body.map(([x1, x2], i) => ({
    x1: Number(x1),
    x2: Number(x2),
    y: areNumbers ? values[i] : names.indexOf(last[i]),
  }));
  return { points, task: areNumbers && !areClasses ? "regression" : "classes" };
}

function numberOf(cell: string): number {
  const value = Number(cell);
  return cell === "" || !Number.isFinite(value) ? NaN : value;
}

/** The cells of a line, by commas, semicolons or tabs; quotes are taken off. */
function cells(line: string): string[] {
  const separator = line.includes("\t") ? "\t" : line.includes(";") ? ";" : ",";
  const found: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (let i = 0; i < line.length; i++) {
    const sign = line[i];
    if (isQuoted && sign === '"' && line[i + 1] === '"') {
      cell += '"';
      i++;
    } else if (sign === '"') isQuoted = !isQuoted;
    else if (sign === separator && !isQuoted) {
      found.push(cell.trim());
      cell = "";
    } else cell += sign;
  }
  found.push(cell.trim());
  return found;
}
