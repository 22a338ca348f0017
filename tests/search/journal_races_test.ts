import { assert, assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import type { Journal } from "../../src/search/journal/journal.ts";
import { JOURNAL_TABLES } from "../../src/search/journal/journal_schema.ts";
import type { SqlDatabase, SqlStatement, SqlValue } from "../../src/search/journal/load_sqlite.ts";
import { openJournal } from "../../src/search/journal/open_journal.ts";
import { inFolder } from "../files/in_folder.ts";
import { makeTrial } from "./make_trial.ts";

const SEARCH = { version: "0.1.0", space: { rate: [0.1] }, epochs: 3, seed: 1 };
const QUIET = { heartbeatSeconds: 0, staleSeconds: 10 };
const RUN = { trial: 0, fold: 0, seed: 0 };

/** A `node:sqlite` that calls `before` with the number of each statement, before it runs it. */
function interposed(before: (statement: number) => void): () => Promise<unknown> {
  let count = 0;
  const step = () => before(count++);
  class Interposed implements SqlDatabase {
    readonly #database: DatabaseSync;
    constructor(path: string) {
      this.#database = new DatabaseSync(path);
    }
    exec(sql: string): void {
      step();
      // Nobody else can go on here, so whoever waits for a lock waits in vain.
      this.#database.exec(sql.startsWith("PRAGMA busy_timeout") ? "PRAGMA busy_timeout = 0" : sql);
    }
    prepare(sql: string): SqlStatement {
      const statement = this.#database.prepare(sql);
      const run = <T>(act: () => T): T => (step(), act());
      return {
        run: (...values: SqlValue[]) => run(() => statement.run(...values)),
        get: (...values: SqlValue[]) => run(() => statement.get(...values) as ReturnType<SqlStatement["get"]>),
        all: (...values: SqlValue[]) => run(() => statement.all(...values) as ReturnType<SqlStatement["all"]>),
      };
    }
    close(): void {
      this.#database.close();
    }
  }
  return () => Promise.resolve({ DatabaseSync: Interposed });
}

/** Another process's whole work on a file, if it can have it now. */
function actAtOnce(path: string, act: (database: DatabaseSync) => void): boolean {
  const database = new DatabaseSync(path);
  try {
    database.exec("PRAGMA busy_timeout = 0");
    act(database);
    return true;
  } catch (error) {
    assert(/locked|busy|already exists/.test(String(error)), String(error));
    return false;
  } finally {
    database.close();
  }
}

/** Opens a journal once for each statement of it, with `act` before that one. Says how often `act` could be done. */
async function openAtEach(
  folder: string,
  make: (path: string) => Promise<void> | void,
  act: (path: string) => boolean,
  check: (journal: Journal, message: string) => void,
): Promise<number> {
  let done = 0;
  for (let at = 0, last = at; at <= last; at++) {
    const path = `${folder}/${at}.db`;
    await make(path);
    let isDone = false;
    const load = interposed((statement) => {
      last = Math.max(last, statement);
      if (statement === at) isDone = act(path);
    });
    using journal = await openJournal(path, SEARCH, { ...QUIET, load });
    if (!isDone) continue;
    done++;
    check(journal, `with the other one before statement ${at}`);
  }
  return done;
}

Deno.test("a journal opens while another process ends the run whose checkpoint it reads", () =>
  inFolder(async (folder) => {
    const make = async (path: string) => {
      using journal = await openJournal(path, SEARCH, QUIET);
      journal.propose(0, { rate: 1 });
      journal.claim(RUN);
      journal.checkpoint(RUN, { epochs: 1, history: { loss: [1] }, bytes: new Uint8Array(8) });
    };
    const done = await openAtEach(
      folder,
      make,
      (path) => actAtOnce(path, (database) => database.exec("DELETE FROM states")),
      (opened, message) => {
        assertEquals(opened.readCheckpoint(RUN), null, message);
      },
    );
    assert(done >= 5, `${done} times`);
  }));

Deno.test("a journal opens while another process makes it, and has that one's trials", () =>
  inFolder(async (folder) => {
    const full = `${folder}/full.db`;
    const journal = await openJournal(full, SEARCH, QUIET);
    journal.propose(0, { rate: 1 });
    journal.record(makeTrial(0, { params: { rate: 1 } }));
    journal.close();
    const source = new DatabaseSync(full);
    const rows = ["settings", "trials"].flatMap((table) =>
      source.prepare(`SELECT * FROM ${table}`).all().map((row) => ({ table, values: Object.values(row) }))
    );
    source.close();
    const makeIt = (database: DatabaseSync) => {
      database.exec(`BEGIN IMMEDIATE; ${JOURNAL_TABLES}`);
      for (const { table, values } of rows) {
        database.prepare(`INSERT INTO ${table} VALUES (${values.map(() => "?").join(", ")})`).run(...values);
      }
      database.exec("COMMIT");
    };
    const done = await openAtEach(folder, () => {}, (path) => actAtOnce(path, makeIt), (opened, message) => {
      assertEquals(opened.propose(0, { rate: 2 }), { rate: 1 }, message);
    });
    assert(done >= 3, `${done} times`);
  }));
