import { loadNodeModule } from "../../files/load_node_module.ts";
import { JournalError } from "./journal_error.ts";

/** A value in a row. */
export type SqlValue = null | number | bigint | string | Uint8Array;

/** A row, by column. */
export type SqlRow = Record<string, SqlValue>;

/** A prepared statement, as `node:sqlite` gives it: the parts that are used. */
export interface SqlStatement {
  /** Runs it; says how many rows changed. */
  run(...values: SqlValue[]): { readonly changes: number | bigint };
  /** The first row, or undefined. */
  get(...values: SqlValue[]): SqlRow | undefined;
  /** All rows. */
  all(...values: SqlValue[]): SqlRow[];
}

/** An open database, as `node:sqlite` gives it: the parts that are used. */
export interface SqlDatabase {
  /** Runs statements that give nothing back. */
  exec(sql: string): void;
  /** Prepares a statement. */
  prepare(sql: string): SqlStatement;
  /** Closes the file. */
  close(): void;
}

/** `node:sqlite`: the parts that are used. */
export interface Sqlite {
  /** Opens a file, and makes it if it is not there. */
  readonly DatabaseSync: new (path: string, options?: { readonly readOnly?: boolean }) => SqlDatabase;
}

/**
 * Loads SQLite when called, not before, so that a search without a journal loads nothing and runs anywhere.
 *
 * @param task What is being done, which begins the error: `Cannot open journal "run.db"`.
 * @param load How to load it. Default: `node:sqlite`, which is part of Deno from 2.2 and of Node from 22.5.
 * @throws {JournalError} Where there is none.
 */
export async function loadSqlite(task: string, load?: () => Promise<unknown>): Promise<Sqlite> {
  let cause: unknown;
  try {
    const sqlite = await (load?.() ?? loadNodeModule("node:sqlite")) as Sqlite;
    if (typeof sqlite.DatabaseSync === "function") return sqlite;
  } catch (error) {
    cause = error;
  }
  throw new JournalError(
    `${task}: the runtime must have node:sqlite (Deno >= 2.2, Node >= 22.5), but this one has none; search without a journal`,
    { cause },
  );
}
