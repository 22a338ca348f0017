import { defuseCell } from "../../files/defuse_cell.ts";
import type { Trial } from "../trials/trial.ts";

const COLUMNS = ["id", "status", "score", "standardError", "epochs", "seconds", "attempts", "reason"] as const;

/**
 * Trials as CSV (RFC 4180), a line a trial in the order given: number, status, score …, `why` where one has it, and `params.<name>` for every
 * parameter. What a trial does not have is empty. Numbers are written in full. A text that a spreadsheet would run as a formula has an
 * apostrophe before it.
 *
 * @param trials The trials.
 * @param names The parameters, a column each.
 */
export function writeCsv(trials: readonly Trial[], names: readonly string[]): string {
  const columns = trials.some(({ why }) => why !== undefined) ? [...COLUMNS, "why" as const] : COLUMNS;
  const rows: unknown[][] = [[...columns, ...names.map((name) => `params.${name}`)]];
  for (const trial of trials) {
    const { params } = trial;
    rows.push([
      ...columns.map((name) => trial[name]),
      ...names.map((name) => Object.hasOwn(params, name) ? params[name] ?? "null" : ""),
    ]);
  }
  return rows.map((row) => row.map(writeField).join(",") + "\r\n").join("");
}

function writeField(value: unknown): string {
  const text = typeof value === "string" ? defuseCell(value) : String(value ?? "");
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
