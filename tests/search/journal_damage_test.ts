import { assert, assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { gridSearch, JournalError, readJournal } from "../../mod.ts";
import type { Journal } from "../../src/search/journal/journal.ts";
import { openJournal } from "../../src/search/journal/open_journal.ts";
import { RandomStream } from "../../src/tensor/random_stream.ts";
import { inFolder } from "../files/in_folder.ts";
import { makeTrial } from "./make_trial.ts";
import { moonModel, twoMoons } from "./two_moons.ts";

const SEARCH = { version: "0.1.0", space: { hidden: [4, 8], rate: [0.1] }, epochs: 3, seed: 1 };
const STATE = { epochs: 2, history: { loss: [2, NaN] }, bytes: new Uint8Array(500).fill(7) };
const RUN = { trial: 7, fold: 0, seed: 0 };

const open = (path: string): Promise<Journal> => openJournal(path, SEARCH, { heartbeatSeconds: 0 });

/** A journal with trials of all kinds and a checkpoint. */
async function fill(path: string): Promise<void> {
  const journal = await open(path);
  for (let id = 0; id < 6; id++) {
    const runs = [0, 1].map((fold) => ({
      fold,
      seed: 0,
      history: { loss: [1 / (id + fold + 3)] },
      score: fold,
      epochs: 1,
    }));
    journal.propose(id, { hidden: id, name: `trial ${id}` });
    journal.claim({ trial: id });
    journal.recordRun(id, runs[0]);
    journal.record(
      makeTrial(id, { runs, params: { hidden: id, name: `trial ${id}` }, score: id === 3 ? null : 0.1 * id }),
    );
  }
  journal.record(makeTrial(6, { status: "failed", reason: "no memory", score: null, runs: [] }));
  journal.propose(7, { hidden: 4 });
  journal.claim({ trial: 7 });
  assertEquals(journal.checkpoint(RUN, STATE), true);
  journal.record(makeTrial(7, { status: "paused", runs: [], params: { hidden: 4 } }));
  journal.close();
}

Deno.test("a journal with one flipped bit is refused, or the bit is none of what was recorded", () =>
  inFolder(async (folder) => {
    const path = `${folder}/a.db`;
    await fill(path);
    const bytes = await Deno.readFile(path);
    const whole = await readJournal(path);
    const random = new RandomStream(1, 0);
    let refused = 0;
    for (let i = 0; i < 200; i++) {
      const damaged = bytes.slice();
      damaged[random.nextInteger(bytes.length)] ^= 1 << random.nextInteger(8);
      await Deno.writeFile(path, damaged);
      try {
        const journal = await open(path);
        journal.takeOver();
        const trials = journal.trials();
        const state = journal.readCheckpoint(RUN);
        journal.close();
        assertEquals(trials, whole.trials, `case ${i}`);
        assertEquals(state, STATE, `case ${i}`);
      } catch (error) {
        if (!(error instanceof JournalError)) throw error;
        refused++;
      }
      for (const suffix of ["-wal", "-shm", "-journal"]) await Deno.remove(path + suffix).catch(() => {});
    }
    assert(refused > 20, `${refused} refused`);
  }));

/** Changes something in a journal behind its back. */
function change(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

Deno.test("each changed value of each row is found, when the journal is opened and when it is read", () =>
  inFolder(async (folder) => {
    const path = `${folder}/a.db`;
    await fill(path);
    const bytes = await Deno.readFile(path);
    const changes = [
      "UPDATE trials SET id = 60 WHERE id = 6",
      "UPDATE trials SET params = '{\"hidden\":5}' WHERE id = 1",
      "UPDATE trials SET status = 'pruned' WHERE id = 1",
      "UPDATE trials SET score = 0.2 WHERE id = 1",
      "UPDATE trials SET score = 0 WHERE id = 3",
      "UPDATE trials SET standard_error = 0.2 WHERE id = 1",
      "UPDATE trials SET history = '{}' WHERE id = 1",
      "UPDATE trials SET epochs = 4 WHERE id = 1",
      "UPDATE trials SET seconds = 4 WHERE id = 1",
      "UPDATE trials SET attempts = 4 WHERE id = 1",
      "UPDATE trials SET reason = 'none' WHERE id = 6",
      "UPDATE trials SET checksum = NULL WHERE id = 1",
      "UPDATE runs SET fold = 5 WHERE trial = 1 AND fold = 1",
      "UPDATE runs SET attempts = 5 WHERE trial = 1 AND fold = -1",
      "UPDATE runs SET is_done = 0 WHERE trial = 1 AND fold = 1",
      "UPDATE runs SET score = NULL WHERE trial = 1 AND fold = 1",
      "UPDATE runs SET history = NULL WHERE trial = 1 AND fold = 1",
      "UPDATE runs SET epochs = 2 WHERE trial = 1 AND fold = 1",
      "UPDATE settings SET value = replace(value, '0.1.0', '0.1.1') WHERE name = 'fingerprint'",
      "DELETE FROM settings WHERE name = 'checksum'",
    ];
    for (const sql of changes) {
      await Deno.writeFile(path, bytes);
      change(path, sql);
      const error = await assertRejects(() => open(path), JournalError);
      assertStringIncludes(error.message, sql.includes("settings") ? "" : "damaged", sql);
      const read = await assertRejects(() => readJournal(path), JournalError);
      assertStringIncludes(read.message, "the file is damaged", sql);
      assertStringIncludes(read.message, "is not what was written", sql);
    }
    for (const sql of ["epochs = 3", "history = '{}'", "bytes = zeroblob(500)", "checksum = 0"]) {
      await Deno.writeFile(path, bytes);
      const text = "the row trial 7, fold 0, seed 0 of states is not what was written";
      const journal = await open(path);
      change(path, `UPDATE states SET ${sql}`);
      assertThrows(() => journal.readCheckpoint(RUN), JournalError, text);
      journal.close();
      await assertRejects(() => open(path), JournalError, text);
    }
  }));

const { x, y } = twoMoons(40);
const search = {
  space: { hidden: [3, 5, 7] },
  build: ({ hidden }: { hidden: number }) => moonModel({ hidden }),
  x,
  y,
  epochs: 3,
  workers: 1,
  verbose: 0,
} as const;

Deno.test("a search with a damaged journal is an error, not a search without a journal", () =>
  inFolder(async (folder) => {
    const journal = `${folder}/run.db`;
    await gridSearch({ ...search, journal });
    change(journal, "UPDATE trials SET score = score / 2 WHERE id = 1");
    let built = 0;
    const build = search.build;
    const error = await assertRejects(() =>
      gridSearch({
        ...search,
        journal,
        build: Object.assign((params: { hidden: number }) => (built++, build(params)), {
          toString: () => String(build),
        }),
      })
    );
    assert(error instanceof JournalError);
    assertStringIncludes(error.message, "the row id 1 of trials is not what was written");
    assertEquals(built, 0);
    // Nor does a row that is found to be damaged while the search runs.
    const other = `${folder}/other.db`;
    let isFirst = true;
    const late = await assertRejects(() =>
      gridSearch({
        ...search,
        journal: other,
        build: (params) => {
          if (!isFirst) return build(params);
          isFirst = false;
          const path = other;
          const database = new DatabaseSync(path);
          database.exec("INSERT INTO trials (id, params, checksum) VALUES (1, '{\"hidden\":9}', 5)");
          database.close();
          return build(params);
        },
      })
    );
    assert(late instanceof JournalError);
    assertStringIncludes(late.message, "the row id 1 of trials is not what was written");
    for (const memory of [":memory:", "file::memory:"]) {
      await assertRejects(() => gridSearch({ ...search, journal: memory }), RangeError, "it must be a file");
    }
  }));

/** A journal as the first version of the library wrote it. */
const FORMAT_1 = `
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE owners (owner TEXT PRIMARY KEY, beat INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE trials (
  id INTEGER PRIMARY KEY, params TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'waiting', score REAL, standard_error REAL,
  history TEXT NOT NULL DEFAULT '{}', epochs INTEGER NOT NULL DEFAULT 0, seconds REAL NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0, reason TEXT
);
CREATE TABLE runs (
  trial INTEGER NOT NULL, fold INTEGER NOT NULL, seed INTEGER NOT NULL, owner TEXT, attempts INTEGER NOT NULL DEFAULT 0,
  is_done INTEGER NOT NULL DEFAULT 0, score REAL, history TEXT, epochs INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (trial, fold, seed)
) WITHOUT ROWID;
CREATE INDEX claimed ON runs (owner) WHERE owner IS NOT NULL;
CREATE TABLE states (
  trial INTEGER NOT NULL, fold INTEGER NOT NULL, seed INTEGER NOT NULL, epochs INTEGER NOT NULL,
  history TEXT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (trial, fold, seed)
);
PRAGMA application_id = ${0x72707270};
PRAGMA user_version = 1;
INSERT INTO settings VALUES ('fingerprint', '${JSON.stringify(SEARCH)}');
INSERT INTO trials VALUES (0, '{"hidden":4,"rate":0.1}', 'done', 0.75, NULL,
  '{"loss":[1,{"$number":"NaN"}],"val_loss":[1.5,0.75]}', 2, 0.5, 1, NULL);
INSERT INTO trials VALUES (1, '{"hidden":8,"rate":0.1}', 'paused', NULL, NULL, '{"loss":[1]}', 1, 0.25, 1, NULL);
INSERT INTO runs VALUES (0, -1, -1, NULL, 1, 0, NULL, NULL, 0);
INSERT INTO runs VALUES (0, 0, 0, NULL, 0, 1, 0.75, NULL, 2);
INSERT INTO runs VALUES (1, -1, -1, NULL, 1, 0, NULL, NULL, 0);
INSERT INTO states VALUES (1, 0, 0, 1, '{"loss":[1]}', x'010203');
`;

Deno.test("a journal from before there were checksums is read as it is, opens, goes on, and has them from then on", () =>
  inFolder(async (folder) => {
    const path = `${folder}/a.db`;
    change(path, FORMAT_1);
    const before = await readJournal(path);
    assertEquals(before.trials.map(({ status, score }) => [status, score]), [["done", 0.75], ["paused", null]]);
    assertEquals(before.trials[0].runs[0].history, { loss: [1, NaN], val_loss: [1.5, 0.75] });
    const journal = await open(path);
    assertEquals(journal.trials(), before.trials);
    assertEquals(journal.claim({ trial: 1 }), 2);
    const run = { trial: 1, fold: 0, seed: 0 };
    assertEquals(journal.readCheckpoint(run), { epochs: 1, history: { loss: [1] }, bytes: new Uint8Array([1, 2, 3]) });
    assertEquals(journal.record(makeTrial(1)), true);
    journal.close();
    (await open(path)).close();
    change(path, "UPDATE trials SET score = 0.5 WHERE id = 0");
    await assertRejects(() => open(path), JournalError, "damaged");

    const broken = `${folder}/b.db`;
    change(broken, `${FORMAT_1}; UPDATE trials SET history = '{"loss":[1' WHERE id = 0`);
    const bytes = await Deno.readFile(broken);
    await assertRejects(() => readJournal(broken), JournalError, "history of trial 0 is not what was written");
    await assertRejects(() => open(broken), JournalError, "history of trial 0 is not what was written");
    const [header, after] = [bytes, await Deno.readFile(broken)];
    assertEquals(
      after.subarray(100),
      header.subarray(100),
      "nothing but the kind of journal of SQLite itself was changed",
    );
  }));

Deno.test("two processes that open a journal of before at once both get it", () =>
  inFolder(async (folder) => {
    const path = `${folder}/a.db`;
    change(path, FORMAT_1);
    const journals = await Promise.all([open(path), open(path), open(path)]);
    for (const journal of journals) assertEquals(journal.trials().length, 2);
    for (const journal of journals) journal.close();
  }));
