import { checkRow } from "./check_row.ts";
import { decodeJson, encodeJson } from "./encode_json.ts";
import { explainJournalError } from "./explain_journal_error.ts";
import { type JournalTable, WHOLE_TRIAL as WHOLE } from "./journal_schema.ts";
import type { SqlDatabase, SqlStatement, SqlValue } from "./load_sqlite.ts";
import { readTrials } from "./read_trials.ts";
import { rowChecksum } from "./row_checksum.ts";
import { runTransaction } from "./run_transaction.ts";
import { sealRow } from "./seal_row.ts";
import type { Params } from "../space/params.ts";
import type { Trial, TrialRun } from "../trials/trial.ts";

/** One run of a trial: what a process claims. Without fold and seed, the whole trial. */
export interface RunKey {
  /** The number of the trial. */
  readonly trial: number;
  /** The number of the fold, from 0. */
  readonly fold?: number;
  /** The number of the repetition, from 0. */
  readonly seed?: number;
}

/** What a run needs to go on where it was. */
export interface RunState {
  /** Epochs trained. */
  epochs: number;
  /** The logs of these epochs. */
  history: Record<string, number[]>;
  /** Weights, state of the optimizer and whatever else the training needs, as the one who saved them encoded them. */
  bytes: Uint8Array;
}

/** Settings of a {@link Journal}. */
export interface JournalSettings {
  /** The path, for messages. */
  readonly path: string;
  /** Milliseconds between two heartbeats; 0 for none but those that are asked for. */
  readonly heartbeatMs: number;
  /** A process whose last heartbeat is older has died. */
  readonly staleMs: number;
  /** Milliseconds between two checkpoints of one run. */
  readonly checkpointMs: number;
  /** Whether the file has a write-ahead log, which keeps whole without an fsync for every change. */
  readonly isWal: boolean;
  /** The time in milliseconds since 1970: the same for all processes on a machine. */
  readonly now: () => number;
}

const FINAL = "('done', 'pruned', 'failed')";

/**
 * The record of a search in an SQLite file, which several processes on one machine may share.
 *
 * A process claims a run before it works on it, saves checkpoints while it does, and records the trial at its end. The
 * claims of a process that dies are taken over when its heartbeats have been missing for a while. A process that was
 * only slow loses nothing but time: the same trial gives the same result, and the first one is kept.
 *
 * Results are on the disk (fsync) when `record` returns; claims, finished runs and checkpoints survive the death of the
 * process, but the last of them may be lost with the power, and are then made again.
 *
 * Every row has a checksum, which is looked at when the row is read.
 *
 * Made by `openJournal`. Every method throws a {@link JournalError} if the file cannot be read or written.
 */
export class Journal {
  /** The name of this process in the journal. */
  readonly owner: string = crypto.randomUUID();
  readonly #database: SqlDatabase;
  readonly #settings: JournalSettings;
  readonly #statements = new Map<string, SqlStatement>();
  readonly #savedAt = new Map<string, number>();
  #beatAt = -Infinity;
  #timer: ReturnType<typeof setInterval> | undefined;
  #isClosed = false;

  /** A journal over an open database that has the tables. */
  constructor(database: SqlDatabase, settings: JournalSettings) {
    this.#database = database;
    this.#settings = settings;
    this.heartbeat();
    if (settings.heartbeatMs > 0) this.#timer = setInterval(() => this.#beat(), settings.heartbeatMs);
  }

  /**
   * Makes a trial, unless another process or an earlier session has made it.
   *
   * @param id The number of the trial.
   * @param params The parameters that this process would give it.
   * @returns The parameters that it has: those of whoever came first.
   */
  propose(id: number, params: Params): Params {
    return this.#do(`record trial ${id}`, () => {
      const text = encodeJson(params);
      const isNew = this.#transact(false, () => {
        const sql = "INSERT INTO trials (id, params) VALUES (?, ?) ON CONFLICT DO NOTHING";
        return this.#run(sql, id, text) === 1 && this.#seal("trials", id);
      });
      if (isNew) return params;
      const row = this.#prepare("SELECT * FROM trials WHERE id = ?").get(id)!;
      checkRow("trials", row);
      return row.params === text ? params : decodeJson(row.params as string) as Params;
    });
  }

  /**
   * Claims a run, so that no other process works on it.
   *
   * @returns The number of the attempt, from 1; 0 if it is claimed or done already, or if there is no such trial.
   */
  claim(run: RunKey): number {
    return this.#do(`claim trial ${run.trial}`, () => {
      if (this.#settings.now() - this.#beatAt >= this.#settings.staleMs / 4) this.heartbeat();
      const { trial, fold = WHOLE, seed = WHOLE } = run;
      return this.#transact(false, () => {
        const row = this.#prepare(
          `INSERT INTO runs (trial, fold, seed, owner, attempts)
           SELECT id, ?, ?, ?, 1 FROM trials WHERE id = ? AND status NOT IN ${FINAL}
           ON CONFLICT DO UPDATE SET owner = excluded.owner, attempts = attempts + 1 WHERE owner IS NULL AND is_done = 0
           RETURNING attempts`,
        ).all(fold, seed, this.owner, trial)[0];
        if (row === undefined) return 0;
        this.#seal("runs", trial, fold, seed);
        return row.attempts as number;
      });
    });
  }

  /** Gives up claims on a trial, on all its runs or on one: others may claim it, and go on from its checkpoint. */
  release(run: RunKey): void {
    this.#do(`release trial ${run.trial}`, () => {
      const { trial, fold = null, seed = null } = run;
      this.#run(
        `UPDATE runs SET owner = NULL
         WHERE trial = ? AND fold = coalesce(?, fold) AND seed = coalesce(?, seed) AND owner = ?`,
        ...[trial, fold, seed, this.owner],
      );
    });
  }

  /** Whether the last checkpoint of a run is so old that another is worth its time. */
  isCheckpointDue(run: RunKey): boolean {
    const savedAt = this.#savedAt.get(nameRun(run)) ?? -Infinity;
    return this.#settings.now() - savedAt >= this.#settings.checkpointMs;
  }

  /**
   * Saves where a run stands.
   *
   * @returns False if this process has no claim on it any more, because it was taken for dead: it may stop.
   */
  checkpoint(run: RunKey, state: RunState): boolean {
    return this.#do(`save a checkpoint of trial ${run.trial}`, () => {
      const { trial, fold = WHOLE, seed = WHOLE } = run;
      const { epochs, bytes } = state;
      const history = encodeJson(state.history);
      const checksum = rowChecksum("states", [trial, fold, seed, epochs, history, bytes]);
      const changes = this.#run(
        `INSERT OR REPLACE INTO states (trial, fold, seed, epochs, history, bytes, checksum)
         SELECT trial, ?, ?, ?, ?, ?, ? FROM runs WHERE trial = ? AND owner = ? AND (fold = ? AND seed = ? OR fold = ${WHOLE})
         LIMIT 1`,
        ...[fold, seed, epochs, history, bytes, checksum, trial, this.owner, fold, seed],
      );
      if (changes === 1) this.#savedAt.set(nameRun(run), this.#settings.now());
      return changes === 1;
    });
  }

  /** The last checkpoint of a run, or null if there is none. */
  readCheckpoint(run: RunKey): RunState | null {
    return this.#do(`read the checkpoint of trial ${run.trial}`, () => {
      const row = this.#prepare(
        "SELECT * FROM states WHERE trial = ? AND fold = ? AND seed = ?",
      ).get(run.trial, run.fold ?? WHOLE, run.seed ?? WHOLE);
      if (row === undefined) return null;
      checkRow("states", row);
      const history = decodeJson(row.history as string) as RunState["history"];
      return { epochs: row.epochs as number, history, bytes: row.bytes as Uint8Array };
    });
  }

  /** Records one finished run of a trial that has others, and ends the claim on it. */
  recordRun(trial: number, run: TrialRun): void {
    this.#do(`record a run of trial ${trial}`, () => {
      this.#transact(false, () => {
        this.#writeRun(trial, run, encodeJson(run.history));
        this.#run("DELETE FROM states WHERE trial = ? AND fold = ? AND seed = ?", trial, run.fold, run.seed);
      });
      this.#savedAt.delete(nameRun({ trial, fold: run.fold, seed: run.seed }));
    });
  }

  /**
   * Records a trial as it stands, and ends this process's claims on it. At the end of a trial (`done`, `pruned`,
   * `failed`) its checkpoints go; of a `paused` or `waiting` one they stay.
   *
   * @returns False if it was at its end already, or, for one that is not at its end, if another process works on it.
   */
  record(trial: Trial): boolean {
    const { id, status } = trial;
    return this.#do(`record trial ${id}`, () => {
      const isFinal = status === "done" || status === "pruned" || status === "failed";
      const history = encodeJson(trial.history);
      return this.#transact(isFinal, () => {
        const claimed = "SELECT 1 FROM runs WHERE trial = ? AND owner <> ?";
        if (!isFinal && this.#prepare(claimed).get(id, this.owner) !== undefined) return false;
        const changes = this.#run(
          `INSERT INTO trials (id, params, status, score, standard_error, history, epochs, seconds, attempts, reason)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET status = excluded.status, score = excluded.score,
             standard_error = excluded.standard_error, history = excluded.history, epochs = excluded.epochs,
             seconds = excluded.seconds, attempts = excluded.attempts, reason = excluded.reason
           WHERE status NOT IN ${FINAL}`,
          ...[
            id,
            encodeJson(trial.params),
            status === "running" ? "waiting" : status,
            trial.score,
            trial.standardError,
          ],
          ...[history, trial.epochs, trial.seconds, trial.attempts, trial.reason ?? null],
        );
        this.#run("UPDATE runs SET owner = NULL WHERE trial = ? AND owner = ?", id, this.owner);
        if (changes === 0) return false;
        this.#seal("trials", id);
        if (!isFinal) return true;
        for (const run of trial.runs) this.#writeRun(id, run, encodeJson(run.history), history);
        this.#run("DELETE FROM states WHERE trial = ?", id);
        for (const key of this.#savedAt.keys()) if (key.startsWith(`${id}/`)) this.#savedAt.delete(key);
        return true;
      });
    });
  }

  /** All trials, in the order of their numbers; one that any process works on is `running`. */
  trials(): Trial[] {
    return this.#do("read the trials", () => runTransaction(this.#database, "BEGIN", () => readTrials(this.#database)));
  }

  /** One trial, or null if there is none of that number. */
  trial(id: number): Trial | null {
    return this.#do(
      `read trial ${id}`,
      () => runTransaction(this.#database, "BEGIN", () => readTrials(this.#database, id)[0] ?? null),
    );
  }

  /** Tells the other processes that this one is alive. It is done by a timer too, as long as the event loop runs. */
  heartbeat(): void {
    this.#do("write a heartbeat", () => {
      const now = this.#settings.now();
      this.#run("INSERT OR REPLACE INTO owners (owner, beat) VALUES (?, ?)", this.owner, Math.floor(now));
      this.#beatAt = now;
    });
  }

  /**
   * Ends the claims of processes whose heartbeats are missing.
   *
   * @returns The numbers of the trials that can be claimed again.
   */
  takeOver(): number[] {
    return this.#do("take over the trials of a dead process", () => {
      const { now, staleMs } = this.#settings;
      const alive = "SELECT owner FROM owners WHERE abs(beat - ?) <= ? OR owner = ?";
      const values = [Math.floor(now()), staleMs, this.owner];
      const dead = `SELECT DISTINCT trial FROM runs WHERE owner IS NOT NULL AND owner NOT IN (${alive}) ORDER BY trial`;
      if (this.#prepare(dead).all(...values).length === 0) return [];
      return this.#transact(false, () => {
        const trials = this.#prepare(dead).all(...values).map((row) => row.trial as number);
        this.#run(`UPDATE runs SET owner = NULL WHERE owner IS NOT NULL AND owner NOT IN (${alive})`, ...values);
        this.#run(`DELETE FROM owners WHERE owner NOT IN (${alive})`, ...values);
        return trials;
      });
    });
  }

  /** Ends this process's claims and closes the file. May be called more than once; never throws. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#timer);
    try {
      this.#transact(true, () => {
        this.#run("UPDATE runs SET owner = NULL WHERE owner = ?", this.owner);
        this.#run("DELETE FROM owners WHERE owner = ?", this.owner);
      });
    } catch {
      // The claims of a process that has gone are taken over.
    }
    this.#statements.clear();
    try {
      this.#database.close();
    } catch {
      // What was recorded is on the disk already.
    }
  }

  /** Frees the file at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** A heartbeat that cannot be written is told by the next call that writes. */
  #beat(): void {
    try {
      this.heartbeat();
    } catch {
      // See above.
    }
  }

  #writeRun(trial: number, run: TrialRun, history: string, ofTrial?: string): void {
    this.#run(
      `INSERT INTO runs (trial, fold, seed, is_done, score, history, epochs) VALUES (?, ?, ?, 1, ?, ?, ?)
       ON CONFLICT DO UPDATE SET owner = NULL, is_done = 1, score = excluded.score, history = excluded.history,
         epochs = excluded.epochs`,
      ...[trial, run.fold, run.seed, run.score, history === ofTrial ? null : history, run.epochs],
    );
    this.#seal("runs", trial, run.fold, run.seed);
  }

  /** Writes the checksum of a row that has changed. */
  #seal(table: JournalTable, ...key: number[]): true {
    sealRow((sql) => this.#prepare(sql), table, key);
    return true;
  }

  #prepare(sql: string): SqlStatement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) this.#statements.set(sql, statement = this.#database.prepare(sql));
    return statement;
  }

  #run(sql: string, ...values: SqlValue[]): number {
    return Number(this.#prepare(sql).run(...values).changes);
  }

  /** Does all or nothing. With `isSynced`, it is on the disk when this returns. */
  #transact<T>(isSynced: boolean, act: () => T): T {
    if (!isSynced) return runTransaction(this.#database, "BEGIN IMMEDIATE", act);
    this.#database.exec("PRAGMA synchronous = FULL");
    try {
      return runTransaction(this.#database, "BEGIN IMMEDIATE", act);
    } finally {
      if (this.#settings.isWal) this.#database.exec("PRAGMA synchronous = NORMAL");
    }
  }

  #do<T>(task: string, act: () => T): T {
    try {
      return act();
    } catch (error) {
      throw explainJournalError(`Cannot ${task} in journal "${this.#settings.path}"`, error);
    }
  }
}

function nameRun(run: RunKey): string {
  return `${run.trial}/${run.fold ?? WHOLE}/${run.seed ?? WHOLE}`;
}
