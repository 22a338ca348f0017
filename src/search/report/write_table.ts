import { formatScore } from "../trials/format_score.ts";
import type { ParamValue } from "../space/params.ts";
import type { Trial } from "../trials/trial.ts";

const LONGEST = 24;
const LONGEST_REASON = 60;
const GAP = "  ";

/** One column of the table, the heading first. */
interface Column {
  readonly cells: readonly string[];
  readonly width: number;
  readonly isText: boolean;
}

/** How {@link writeTable} shows trials. */
export interface TableOptions {
  /** The parameters, a column each. */
  readonly names: readonly string[];
  /** The heading of the score. */
  readonly monitor: string;
  /** How many characters a line may have; what does not fit goes on below, with the trials' numbers again. Default 80. */
  readonly columns?: number;
}

/**
 * A table of trials for a terminal, a line a trial in the order given, columns aligned. Where a line would be too long, the columns that do
 * not fit follow as a table of their own.
 *
 * @param trials The trials.
 */
export function writeTable(trials: readonly Trial[], { names, monitor, columns = 80 }: TableOptions): string {
  const hasErrors = trials.some(({ standardError }) => standardError !== null);
  const hasReasons = trials.some(({ reason }) => reason !== undefined);
  const lay = (title: string, show: (trial: Trial) => string, isText = false, longest = LONGEST): Column => {
    const cells = [title, ...trials.map(show)].map((text) => cleanLine(text, longest));
    return { cells, width: cells.reduce((most, { length }) => Math.max(most, length), 0), isText };
  };
  const key = lay("trial", ({ id }) => String(id));
  const others = [
    lay(monitor, ({ score }) => formatScore(score)),
    ...(hasErrors ? [lay("±", ({ standardError }) => formatError(standardError))] : []),
    ...names.map((name) =>
      lay(name, ({ params }) => formatParam(Object.hasOwn(params, name) ? params[name] : undefined))
    ),
    lay("epochs", ({ epochs }) => String(epochs)),
    lay("seconds", ({ seconds }) => seconds.toFixed(2)),
    lay("status", ({ status }) => status, true),
    ...(hasReasons ? [lay("reason", ({ reason }) => reason ?? "", true, LONGEST_REASON)] : []),
    ...(trials.some(({ why }) => why !== undefined) ? [lay("why", ({ why }) => why ?? "", true, LONGEST_REASON)] : []),
  ];
  return splitByWidth(key, others, columns).map(writeColumns).join("\n\n");
}

/** Columns that fit beside each other, each group with the key before it; one that is too wide stands alone. */
function splitByWidth(key: Column, others: readonly Column[], columns: number): Column[][] {
  const groups: Column[][] = [];
  let room = 0;
  for (const column of others) {
    const needed = GAP.length + column.width;
    if (groups.length === 0 || needed > room) {
      groups.push([key]);
      room = columns - key.width;
    }
    groups.at(-1)!.push(column);
    room -= needed;
  }
  return groups;
}

function writeColumns(columns: readonly Column[]): string {
  return columns[0].cells.map((_, row) => {
    const line = columns.map(({ cells, width, isText }) => {
      return isText ? cells[row].padEnd(width) : cells[row].padStart(width);
    });
    return line.join(GAP).trimEnd();
  }).join("\n");
}

function formatError(error: number | null): string {
  return error === null ? "" : String(Number(error.toPrecision(2)));
}

function formatParam(value: ParamValue | undefined): string {
  if (value === undefined) return "";
  return typeof value === "number" ? String(Number(value.toPrecision(6))) : String(value);
}

/** One line that is safe to print: what controls a terminal becomes `?`, long text is cut. */
function cleanLine(text: string, longest: number): string {
  if (text.length <= longest && /^[ -~]*$/.test(text)) return text;
  const characters = Array.from(text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "?"));
  return characters.length <= longest ? characters.join("") : `${characters.slice(0, longest - 1).join("")}…`;
}
