import { checkRow } from "./check_row.ts";
import { DamagedRow } from "./damaged_row.ts";
import { decodeJson } from "./encode_json.ts";
import { WHOLE_TRIAL } from "./journal_schema.ts";
import type { SqlDatabase, SqlRow } from "./load_sqlite.ts";
import type { Params } from "../space/params.ts";
import type { Trial, TrialRun, TrialStatus } from "../trials/trial.ts";

/**
 * Reads trials from a journal, in the order of their numbers, and checks every row. A trial that somebody works on is `running`.
 *
 * @param database The journal.
 * @param id One trial alone; all by default.
 * @throws {DamagedRow} If a row is not what was written, or cannot be read.
 */
export function readTrials(database: SqlDatabase, id?: number): Trial[] {
  const values = id === undefined ? [] : [id];
  const where = (column: string) => id === undefined ? "" : ` WHERE ${column} = ?`;
  const trials = new Map<number, Trial>();
  for (const row of database.prepare(`SELECT * FROM trials${where("id")} ORDER BY id`).all(...values)) {
    trials.set(row.id as number, readTrial(row));
  }
  const runs = database.prepare(`SELECT * FROM runs${where("trial")} ORDER BY trial, fold, seed`).all(...values);
  for (const row of runs) {
    checkRow("runs", row);
    const trial = trials.get(row.trial as number);
    if (trial === undefined) continue;
    if (row.owner !== null && (trial.status === "waiting" || trial.status === "paused")) trial.status = "running";
    if (row.fold === WHOLE_TRIAL) trial.attempts = Math.max(trial.attempts, row.attempts as number);
    else if (row.is_done === 1) trial.runs.push(readRun(row, trial));
  }
  return [...trials.values()];
}

function readTrial(row: SqlRow): Trial {
  checkRow("trials", row);
  const trial: Trial = {
    id: row.id as number,
    params: decode(row, "params") as Params,
    status: row.status as TrialStatus,
    score: row.score as number | null,
    standardError: row.standard_error as number | null,
    history: decode(row, "history") as Record<string, number[]>,
    runs: [],
    epochs: row.epochs as number,
    seconds: row.seconds as number,
    attempts: row.attempts as number,
  };
  if (row.reason !== null) trial.reason = row.reason as string;
  return trial;
}

/** A run whose logs are those of its trial has none of its own. */
function readRun(row: SqlRow, trial: Trial): TrialRun {
  return {
    fold: row.fold as number,
    seed: row.seed as number,
    history: row.history === null ? structuredClone(trial.history) : decode(row, "history") as TrialRun["history"],
    score: row.score as number | null,
    epochs: row.epochs as number,
  };
}

/** A column that holds an object as JSON. */
function decode(row: SqlRow, column: string): object {
  try {
    const value = decodeJson(row[column] as string);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Rows of before there were checksums may hold anything.
  }
  throw new DamagedRow(`${column} of trial ${row.id ?? row.trial}`);
}
