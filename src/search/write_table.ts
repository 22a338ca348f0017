import { formatScore } from "./format_score.ts";
import type { ParamValue } from "./params.ts";
import type { Trial } from "./trial.ts";

const LONGEST = 24;

/**
 * A table of trials for a terminal, a line a trial in the order given, columns aligned.
 *
 * @param trials The trials.
 * @param names The parameters, a column each.
 * @param monitor The heading of the score.
 */
export function writeTable(trials: readonly Trial[], names: readonly string[], monitor: string): string {
  const hasErrors = trials.some(({ standardError }) => standardError !== null);
  const hasReasons = trials.some(({ reason }) => reason !== undefined);
  const head = ["trial", monitor, ...(hasErrors ? ["±"] : []), ...names, "epochs", "seconds", "status"];
  if (hasReasons) head.push("reason");
  const rows = trials.map((trial) => {
    const row = [String(trial.id), formatScore(trial.score)];
    if (hasErrors) row.push(formatError(trial.standardError));
    row.push(...names.map((name) => formatParam(Object.hasOwn(trial.params, name) ? trial.params[name] : undefined)));
    row.push(String(trial.epochs), trial.seconds.toFixed(2), trial.status);
    if (hasReasons) row.push(trial.reason ?? "");
    return row;
  });
  const cells = [head, ...rows].map((row) =>
    row.map((text, i) => cleanLine(text, hasReasons && i === row.length - 1 ? 60 : LONGEST))
  );
  const widths = head.map((_, i) => cells.reduce((most, row) => Math.max(most, row[i].length), 0));
  const isText = (i: number): boolean => i >= head.length - (hasReasons ? 2 : 1);
  return cells
    .map((row) =>
      row.map((text, i) => isText(i) ? text.padEnd(widths[i]) : text.padStart(widths[i])).join("  ").trimEnd()
    )
    .join("\n");
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
  const characters = Array.from(text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "?"));
  return characters.length <= longest ? characters.join("") : `${characters.slice(0, longest - 1).join("")}…`;
}
