import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import type { Journal } from "../../src/search/journal/journal.ts";
import { JournalError } from "../../src/search/journal/journal_error.ts";
import { openJournal } from "../../src/search/journal/open_journal.ts";
import { readJournal } from "../../src/search/journal/read_journal.ts";
import { inFolder } from "../files/in_folder.ts";
import { makeTrial } from "./make_trial.ts";

const SEARCH = { version: "0.1.0", space: { hidden: [4, 8], rate: [0.1] }, epochs: 3, seed: 1 };

/** Opens a journal that has no timers. */
function open(path: string, now?: () => number): Promise<Journal> {
  return openJournal(path, SEARCH, { heartbeatSeconds: 0, staleSeconds: 10, now });
}

Deno.test("a journal gives back what was recorded, to the bit", () =>
  inFolder(async (folder) => {
    const history = { loss: [0.1 + 0.2, NaN, Infinity, -Infinity, -0, 5e-324] };
    const trials = [
      makeTrial(0, { history, runs: [{ fold: 0, seed: 0, history, score: 1 / 3, epochs: 6 }], score: 1 / 3 }),
      makeTrial(1, { params: { kind: "a'b\"\u0000\u{1f600}", deep: true, none: null, rate: -0 }, standardError: 0.01 }),
      makeTrial(2, { status: "failed", score: null, runs: [], reason: "loss is NaN in epoch 2" }),
      makeTrial(3, {
        runs: [0, 1].map((fold) => ({ fold, seed: 7, history: { loss: [fold] }, score: fold, epochs: 1 })),
      }),
      makeTrial(4, { status: "paused", runs: [] }),
    ];
    const journal = await open(`${folder}/a.db`);
    for (const trial of trials) {
      assertEquals(journal.propose(trial.id, trial.params), trial.params);
      assertEquals(journal.claim({ trial: trial.id }), 1);
      assertEquals(journal.record(trial), true);
    }
    journal.close();
    const again = await open(`${folder}/a.db`);
    assertEquals(again.trials(), trials);
    assertEquals(again.trial(2), trials[2]);
    assertEquals(again.trial(9), null);
    again.close();
    assertEquals(await readJournal(new URL(`file://${folder}/a.db`)), { fingerprint: SEARCH, trials });
  }));

Deno.test("a trial is claimed once, is released, and is over when it is recorded", () =>
  inFolder(async (folder) => {
    using a = await open(`${folder}/a.db`);
    using b = await open(`${folder}/a.db`);
    assertEquals(a.claim({ trial: 0 }), 0, "nobody has proposed it");
    assertEquals(a.propose(0, { rate: 1 }), { rate: 1 });
    assertEquals(b.propose(0, { rate: 2 }), { rate: 1 }, "the first proposal stands");
    assertEquals([a.claim({ trial: 0 }), b.claim({ trial: 0 }), a.claim({ trial: 0 })], [1, 0, 0]);
    assertEquals(b.trial(0)?.status, "running");
    b.release({ trial: 0 });
    assertEquals(b.claim({ trial: 0 }), 0, "only its owner can release it");
    a.release({ trial: 0 });
    assertEquals(b.claim({ trial: 0 }), 2, "the second attempt");
    assertEquals(a.record(makeTrial(0, { status: "paused" })), false, "another works on it");
    assertEquals(b.record(makeTrial(0)), true);
    assertEquals(a.record(makeTrial(0, { score: 0 })), false, "the first result stands");
    assertEquals([a.claim({ trial: 0 }), a.trial(0)?.score], [0, 0.75]);
  }));

Deno.test("runs of one trial are claimed one by one", () =>
  inFolder(async (folder) => {
    using a = await open(`${folder}/a.db`);
    using b = await open(`${folder}/a.db`);
    a.propose(0, {});
    const [first, second] = [{ trial: 0, fold: 0, seed: 0 }, { trial: 0, fold: 1, seed: 0 }];
    assertEquals([a.claim(first), b.claim(first), b.claim(second)], [1, 0, 1]);
    a.recordRun(0, { fold: 0, seed: 0, history: { loss: [1] }, score: 1, epochs: 1 });
    assertEquals(b.claim(first), 0, "it is done");
    b.recordRun(0, { fold: 1, seed: 0, history: { loss: [3] }, score: 3, epochs: 1 });
    assertEquals(a.trial(0)?.runs.map(({ score }) => score), [1, 3]);
    assertEquals(a.trial(0)?.status, "waiting");
  }));

Deno.test("a checkpoint outlives its owner, and goes with the end of the trial", () =>
  inFolder(async (folder) => {
    let now = 0;
    using a = await open(`${folder}/a.db`, () => now);
    using b = await open(`${folder}/a.db`, () => now);
    const run = { trial: 0, fold: 0, seed: 0 };
    const state = { epochs: 2, history: { loss: [2, NaN] }, bytes: new Uint8Array([1, 2, 255]) };
    a.propose(0, {});
    assertEquals(a.checkpoint(run, state), false, "it is not claimed");
    a.claim(run);
    assertEquals(a.isCheckpointDue(run), true);
    assertEquals(a.checkpoint(run, state), true);
    assertEquals(a.isCheckpointDue(run), false);
    now = 250;
    assertEquals(a.isCheckpointDue(run), true);

    now = 9_000;
    b.heartbeat();
    assertEquals([b.takeOver(), b.claim(run)], [[], 0], "its owner may still be alive");
    now = 10_500;
    assertEquals([b.takeOver(), b.claim(run)], [[0], 2]);
    assertEquals(b.readCheckpoint(run), state);
    assertEquals(a.checkpoint(run, { ...state, epochs: 3 }), false, "it was taken for dead");
    assertEquals(b.readCheckpoint(run), state);
    b.record(makeTrial(0));
    assertEquals(b.readCheckpoint(run), null);
  }));

Deno.test("a heartbeat keeps a trial, and a clock that is set back takes none", () =>
  inFolder(async (folder) => {
    let now = 1e9;
    using a = await open(`${folder}/a.db`, () => now);
    using b = await open(`${folder}/a.db`, () => now);
    a.propose(0, {});
    a.claim({ trial: 0 });
    for (let i = 0; i < 5; i++) {
      now += 8_000;
      a.heartbeat();
      assertEquals(b.takeOver(), []);
    }
    now -= 5_000;
    assertEquals(b.takeOver(), []);
  }));

Deno.test("the timer writes heartbeats and ends with the journal", () =>
  inFolder(async (folder) => {
    const options = { heartbeatSeconds: 0.01, staleSeconds: 0.2 };
    using a = await openJournal(`${folder}/a.db`, SEARCH, options);
    using b = await openJournal(`${folder}/a.db`, SEARCH, options);
    a.propose(0, {});
    a.claim({ trial: 0 });
    await new Promise((resolve) => setTimeout(resolve, 400));
    assertEquals(b.takeOver(), []);
    a.close();
    assertEquals(b.claim({ trial: 0 }), 2, "closing releases");
  }));

Deno.test("the journal of another search is refused, and the difference is named", () =>
  inFolder(async (folder) => {
    const path = `${folder}/a.db`;
    (await open(path)).close();
    const cases: [object, string][] = [
      [{ epochs: 4 }, "epochs: 3 in the journal, 4 now"],
      [{ space: { hidden: [4, 8, 16], rate: [0.1] } }, "space.hidden: [4,8] in the journal, [4,8,16] now"],
      [{ space: { rate: [0.1], hidden: [4, 8] } }, "order of space: hidden, rate in the journal, rate, hidden now"],
      [{ version: "9.0.0" }, 'version: "0.1.0" in the journal, "9.0.0" now'],
      [{ seed: undefined }, "seed: 1 in the journal, not given now"],
    ];
    for (const [changes, message] of cases) {
      await assertRejects(() => openJournal(path, { ...SEARCH, ...changes }), JournalError, message);
    }
    (await open(path)).close();
  }));

Deno.test("a file that is no journal is refused and left as it is", () =>
  inFolder(async (folder) => {
    const other = new DatabaseSync(`${folder}/other.db`);
    other.exec("CREATE TABLE notes (text)");
    other.close();
    const later = new DatabaseSync(`${folder}/later.db`);
    later.exec(`PRAGMA application_id = ${0x72707270}; PRAGMA user_version = 3; CREATE TABLE trials (id)`);
    later.close();
    await Deno.writeTextFile(`${folder}/text.db`, "no database at all\n".repeat(100));
    await Deno.mkdir(`${folder}/folder.db`);
    const cases = [
      ["other.db", "it is another program's database"],
      ["later.db", "its format must be version 1 or 2, but another version of this library wrote version 3"],
      ["text.db", "the file is no SQLite database"],
      ["folder.db", "must exist"],
      ["missing/run.db", "the folder must exist"],
    ];
    for (const [name, message] of cases) {
      const path = `${folder}/${name}`;
      const before = name.endsWith("r.db") ? undefined : await Deno.readFile(path).catch(() => undefined);
      await assertRejects(() => open(path), JournalError, message);
      if (before !== undefined) assertEquals(await Deno.readFile(path), before, name);
    }
    await assertRejects(() => readJournal(`${folder}/none.db`), JournalError, "Cannot read journal");
    assertEquals([...Deno.readDirSync(folder)].length, 4, "nothing was made");
  }));

Deno.test("a journal that is cut short or overwritten is an error, and is left as it is", () =>
  inFolder(async (folder) => {
    const path = `${folder}/a.db`;
    const journal = await open(path);
    for (let id = 0; id < 40; id++) journal.record(makeTrial(id, { history: { loss: Array(300).fill(id) } }));
    journal.close();
    const bytes = await Deno.readFile(path);
    for (let i = 0; i < 60; i++) {
      const damaged = i % 2 === 0 ? bytes.slice(0, Math.floor(bytes.length * (i + 1) / 61)) : bytes.slice();
      if (i % 2 === 1) damaged.fill(i, Math.floor(bytes.length * i / 61));
      await Deno.writeFile(path, damaged);
      await assertRejects(() => open(path), JournalError, "damaged", `case ${i}`);
      assertEquals(await Deno.readFile(path), damaged);
    }
  }));

Deno.test("on a full disk each call says so, and what was recorded stays", () =>
  inFolder(async (folder) => {
    const path = `${folder}/a.db`;
    class SmallDisk extends DatabaseSync {
      override prepare(sql: string): ReturnType<DatabaseSync["prepare"]> {
        this.exec("PRAGMA max_page_count = 30");
        return super.prepare(sql);
      }
    }
    const journal = await openJournal(path, SEARCH, { load: () => Promise.resolve({ DatabaseSync: SmallDisk }) });
    let recorded = 0;
    const fill = () => {
      for (; recorded < 1000; recorded++) {
        journal.record(makeTrial(recorded, { history: { loss: Array(200).fill(1) } }));
      }
    };
    assertThrows(fill, JournalError, `in journal "${path}": the disk is full`);
    assertThrows(fill, JournalError, "the disk is full");
    assertEquals(journal.trials().length, recorded);
    journal.close();
    using again = await open(path);
    assertEquals(again.trials().length, recorded);
    assertEquals(again.record(makeTrial(recorded)), true, "there is room again");
  }));

Deno.test("a disk that is read-only is an error when the journal is opened", () =>
  inFolder(async (folder) => {
    const path = `${folder}/a.db`;
    (await open(path)).close();
    class ReadOnly extends DatabaseSync {
      constructor(path: string) {
        super(path, { readOnly: true });
      }
    }
    const load = () => Promise.resolve({ DatabaseSync: ReadOnly });
    const error = await assertRejects(() => openJournal(path, SEARCH, { load }), JournalError);
    assertStringIncludes(error.message, "the file or its folder is read-only");
  }));

Deno.test("without node:sqlite the error says what has it", async () => {
  const load = () => Promise.reject(new Error("no such module"));
  await assertRejects(() => openJournal("/tmp/a.db", {}, { load }), JournalError, "Node >= 22.5");
});

Deno.test("bad arguments are named", async () => {
  await assertRejects(() => openJournal("", {}), TypeError, "path must be a non-empty string");
  for (const path of [":memory:", "file::memory:", "file:a.db?mode=memory", "file:a.db", " ", " :memory: "]) {
    await assertRejects(() => openJournal(path, {}), RangeError, `it must be a file, for what is in memory is lost`);
    await assertRejects(() => readJournal(path), RangeError, JSON.stringify(path));
  }
  await assertRejects(() => openJournal("/tmp/a.db", {}, { staleSeconds: 0 }), RangeError, "staleSeconds");
  await assertRejects(() => openJournal("/tmp/a.db", {}, { stale: 1 } as object), TypeError, "staleSeconds");
});

Deno.test("a journal that is closed says so, and closes twice", () =>
  inFolder(async (folder) => {
    const journal = await open(`${folder}/a.db`);
    journal.close();
    journal.close();
    assertThrows(() => journal.propose(0, {}), JournalError, "record trial 0");
  }));
