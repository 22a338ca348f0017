import type { Pruner } from "../pruners/pruner.ts";
import type { SearchSettings } from "./read_search_options.ts";
import type { Params } from "../space/params.ts";
import type { Trial } from "../trials/trial.ts";
import type { PlannedTask, TaskSource } from "./task_source.ts";
import { EndedTrials } from "./ended_trials.ts";
import { judgeTrial, reviewTrials } from "./judge_trials.ts";
import { makeTask } from "./make_task.ts";
import { Pace } from "./pace.ts";
import { proposeParams } from "./propose_params.ts";
import { restoreRuns } from "./restore_runs.ts";
import { seeTrials } from "./see_trials.ts";
import type { Ledger } from "./ledger.ts";
import { type LiveRun, LiveTrial } from "./live_trial.ts";
import type { TrainerState } from "./trainer_state.ts";
import type { FromTrialWorker } from "./trial_messages.ts";
import type { SearchEvents } from "./search_events.ts";
import { SearchFault, type Workshop } from "./workshop.ts";

/** Milliseconds after which other processes are looked at again. */
const POLL_MS = 100;

/** The trials of a search: proposes them, gives out their runs, judges and records what comes back. */
export class SearchRun implements TaskSource {
  readonly #settings: SearchSettings;
  readonly #workshop: Workshop;
  readonly #ledger: Ledger;
  readonly #checkpointMs: number | null;
  readonly #pruner: Pruner;
  /** Set before the first task is given out. */
  events: SearchEvents = { stop() {}, forget() {}, change() {} };
  /** Trials at their end. */
  readonly ended: EndedTrials = new EndedTrials();
  readonly #live = new Map<number, LiveTrial>();
  /** Trials that other processes work on. */
  readonly #foreign = new Map<number, Params>();
  #ready: { live: LiveTrial; run: LiveRun }[] = [];
  #local: { live: LiveTrial; run: LiveRun }[] = [];
  readonly #tasks = new Map<number, { live: LiveTrial; run: LiveRun }>();
  #next = 0;
  #isExhausted = false;
  #isStopping = false;
  #serial = 0;
  #plan = 0;
  #polledAt = 0;
  readonly #pace = new Pace();
  /** Epochs of the trial that was started last. */
  #epochs = 1;
  /** What is wrong with the whole search. */
  fault: SearchFault | null = null;
  #needsReview = false;
  #isReviewing = false;

  constructor(settings: SearchSettings, workshop: Workshop, ledger: Ledger, checkpointMs: number | null) {
    this.#settings = settings;
    this.#pruner = settings.pruner;
    this.#workshop = workshop;
    this.#ledger = ledger;
    this.#checkpointMs = checkpointMs;
  }

  /** Starts the first trial, so that what is wrong with all shows at once. */
  begin(): void {
    // What an earlier session found is judged by the metric, which the first model tells.
    for (let id = 0; this.#workshop.learn(this.#ledger.paramsOf(id)); id++);
    while (this.#live.size === 0 && this.#startNext());
  }

  /** No new trials, and the end. */
  stop(): void {
    this.#isStopping = true;
  }

  get isOver(): boolean {
    if (this.fault !== null || this.#isStopping) return true;
    return this.#isExhausted && this.#live.size === 0 && this.#foreign.size === 0;
  }

  get pollMs(): number | null {
    return this.#foreign.size > 0 ? POLL_MS : null;
  }

  /** How many trials are at work here. */
  get running(): number {
    return [...this.#live.values()].filter(({ status }) => status === "running").length;
  }

  /** How fast it goes. */
  get pace(): Pace {
    return this.#pace;
  }

  /** Epochs that are left at most; null if nobody knows. */
  get epochsLeft(): number | null {
    const { trials, repeats } = this.#settings;
    if (trials === null) return null;
    let left = (trials - this.#next) * this.#epochs * repeats * this.#workshop.folds;
    for (const live of this.#live.values()) left += live.epochsLeft;
    return left;
  }

  get secondsLeft(): number {
    const left = this.epochsLeft;
    return left === null ? Infinity : left * this.#pace.secondsAnEpoch;
  }

  next(isLocal: boolean): PlannedTask | null {
    if (this.#foreign.size > 0) this.#poll();
    while (this.fault === null) {
      const item = (isLocal ? this.#local.shift() : undefined) ?? this.#ready.shift();
      if (item !== undefined) {
        const { live, run } = item;
        const isAsked = this.#live.get(live.id) === live && run.serial === null && run.progress.epochs < live.target;
        if (!isAsked || !this.#prepare(live, run.repetition)) continue;
        const planned = this.#makeTask(live, run);
        if (planned.compiled === undefined || isLocal) return planned;
        this.#tasks.delete(run.serial!);
        run.serial = null;
        this.#local.push(item);
      }
      if (!isLocal && this.#local.length > 0) return null;
      if (item === undefined && !this.#startNext() && !this.#endForgotten()) break;
    }
    return null;
  }

  tell(message: FromTrialWorker): void {
    const item = this.#tasks.get(message.serial);
    if (item === undefined) return;
    const { live, run } = item;
    if (message.kind !== "progress") {
      this.#tasks.delete(message.serial);
      run.serial = null;
      live.seconds += message.seconds;
      this.#pace.seconds += message.seconds;
    }
    if (message.kind === "stopped") return;
    if (message.kind === "failed") return void this.#retry(live, message.reason, message.isLost === true);
    const { progress } = message;
    this.#pace.epochs += progress.epochs - run.progress.epochs;
    run.progress = progress;
    if (message.kind === "progress") {
      if (progress.state !== null) this.#ledger.checkpoint(live.id, run);
      this.#judge(live);
    } else if (this.#judge(live)) {
      if (live.done < live.target) this.#ledger.saveRun(live, run, this.#settings.monitor);
      else this.#goOn(live);
    }
  }

  /** Trials that have begun and are not at their end, as they stand. */
  unfinished(): Trial[] {
    return [...this.#live.values()].map((live) => live.toTrial("waiting", this.#settings.monitor));
  }

  /** Saves what is known of unfinished trials, for a later session. */
  save(): void {
    if (!this.#ledger.isOpen) return;
    for (const live of this.#live.values()) {
      if (live.status === "paused") continue;
      this.#ledger.record(live.toTrial("waiting", this.#settings.monitor));
    }
  }

  /** Starts the next trial; false if there is none now. */
  #startNext(): boolean {
    if (this.#isExhausted || this.isOver) return false;
    const { sampler, trials, deterministic } = this.#settings;
    const index = this.#next;
    let params: Params | null = null;
    if (trials === null || index < trials) {
      const isGated = deterministic && (sampler.isAdaptive || this.#pruner.order === "lagged");
      const proposed = { ended: this.ended, live: this.#live, foreign: this.#foreign, isAtRest: this.#isAtRest };
      const seen = isGated ? seeTrials(index, proposed, this.#settings) : null;
      if (isGated && seen === null) return false;
      const { direction } = this.#workshop;
      params = this.#ledger.paramsOf(index) ?? proposeParams(index, { ...proposed, seen, direction }, this.#settings);
    }
    if (params === null) {
      this.#isExhausted = true;
      this.#review();
      return this.#ready.length > 0;
    }
    this.#next++;
    this.#start(index, this.#ledger.propose(index, params));
    return true;
  }

  /** Starts a trial, or goes on with it where an earlier session or another process left it. */
  #start(id: number, params: Params): void {
    const recorded = this.#ledger.read(id);
    if (recorded !== null && isEnd(recorded)) return this.#add(recorded);
    const attempts = this.#ledger.claim(id);
    if (attempts === 0) return void this.#foreign.set(id, params);
    const { repeats } = this.#settings;
    const [epochs, batchSize] = [this.#settings.epochsOf(params), this.#settings.batchSizeOf(params)];
    const live = new LiveTrial(id, params, { epochs, batchSize, folds: this.#workshop.folds, repeats });
    live.attempts = attempts;
    this.#epochs = live.epochs;
    live.seconds = recorded?.seconds ?? 0;
    if (recorded !== null) restoreRuns(live, recorded, this.#ledger);
    this.#live.set(id, live);
    live.judged = recorded?.status === "paused" ? live.done : 0;
    if (recorded?.status === "paused") {
      live.target = live.done;
      this.#ledger.release(id);
      return this.#pause(live);
    }
    if (this.#judge(live)) this.#goOn(live);
  }

  /** Prepares the model of a repetition, where that is not done yet; false if it failed. */
  #prepare(live: LiveTrial, repetition: number): boolean {
    if (live.prepared.has(repetition)) return true;
    try {
      const prepared = this.#workshop.prepare(live.params, repetition);
      live.prepared.set(repetition, { ...prepared, number: ++this.#plan });
      return true;
    } catch (error) {
      if (error instanceof SearchFault) this.fault = error;
      else this.#retry(live, error instanceof Error ? `${error.name}: ${error.message}` : String(error), false);
      return false;
    }
  }

  /** Sends the runs of a trial to the next epoch at which all must meet. */
  #goOn(live: LiveTrial): void {
    const { done, epochs } = live;
    const rungs = this.#pruner.rungs?.(epochs) ?? [done + 1];
    live.target = rungs.find((rung) => rung > done && rung < epochs) ?? epochs;
    if (done >= epochs) return this.#end(live, "done");
    if (!this.#prepare(live, 0)) return;
    for (const run of live.runs) if (run.progress.epochs < live.target) this.#ready.push({ live, run });
    this.events.change();
  }

  #makeTask(live: LiveTrial, run: LiveRun): PlannedTask {
    const serial = ++this.#serial;
    run.serial = serial;
    this.#tasks.set(serial, { live, run });
    const checkpointMs = this.#ledger.isOpen ? this.#checkpointMs : null;
    return makeTask(live, run, { serial, settings: this.#settings, checkpointMs });
  }

  /** Judges the epochs that all runs have done; false if the trial does not go on. */
  #judge(live: LiveTrial): boolean {
    const verdict = judgeTrial(
      live,
      { ended: this.ended.all, live: this.#live, direction: this.#workshop.direction },
      this.#settings,
    );
    if (verdict === "continue") return true;
    const { judged: epochs } = live;
    const { id } = this.#pruner;
    if (verdict === "stop") {
      this.#end(live, "pruned", { epochs, reason: `pruner "${id}" stopped it after epoch ${epochs}` });
    } else {
      for (const run of live.runs) this.#ledger.checkpoint(live.id, run);
      this.#ledger.record(live.toTrial("paused", this.#settings.monitor));
      this.#pause(live);
    }
    return false;
  }

  #forget({ prepared }: LiveTrial): void {
    for (const { number } of prepared.values()) this.events.forget(number);
    prepared.clear();
  }

  #pause(live: LiveTrial): void {
    live.status = "paused";
    // Its plan is made again when it goes on: many may be paused.
    this.#forget(live);
    this.#review();
  }

  /** Asks the pruner which paused trials go on, and which never will. */
  #review(): void {
    this.#needsReview = true;
    if (this.#isReviewing) return; // what is done below may end trials, which calls for another look
    this.#isReviewing = true;
    while (this.#needsReview) {
      this.#needsReview = false;
      const paused = (id: number): LiveTrial | null => {
        const live = this.#live.get(id);
        return live?.status === "paused" ? live : null;
      };
      const { resume, stop } = reviewTrials({
        ended: this.ended.all,
        live: this.#live,
        foreign: this.#foreign,
        direction: this.#workshop.direction,
        isComplete: this.#isExhausted,
      }, this.#settings);
      const queue = this.#ready;
      this.#ready = [];
      for (const id of resume) if (paused(id) !== null) this.#resume(paused(id)!);
      this.#ready = this.#ready.concat(queue);
      const reason = `pruner "${this.#pruner.id}" did not let it go on`;
      for (const id of stop) if (paused(id) !== null) this.#end(paused(id)!, "pruned", { reason });
    }
    this.#isReviewing = false;
    this.events.change();
  }

  #resume(live: LiveTrial): void {
    if (this.#ledger.claim(live.id) === 0) {
      this.#live.delete(live.id);
      this.#foreign.set(live.id, live.params);
      return;
    }
    live.status = "running";
    this.#goOn(live);
  }

  /** A trial failed: it is tried again, or at its end. */
  #retry(live: LiveTrial, reason: string, isLost: boolean): void {
    this.#stopTasks(live);
    if (live.retries >= this.#settings.retries) return this.#end(live, "failed", { reason });
    live.retries++;
    live.attempts++;
    // One that lost its worker goes on from what is known of it; another begins anew.
    for (const run of live.runs) run.restart(isLost);
    live.judged = Math.min(live.judged, live.done);
    this.#goOn(live);
  }

  #stopTasks(live: LiveTrial): void {
    for (const run of live.runs) {
      if (run.serial === null) continue;
      this.#tasks.delete(run.serial);
      this.events.stop(run.serial);
      run.serial = null;
    }
  }

  #end(
    live: LiveTrial,
    status: "done" | "pruned" | "failed",
    options: { epochs?: number; reason?: string } = {},
  ): void {
    const { monitor } = this.#settings;
    this.#stopTasks(live);
    this.#live.delete(live.id);
    this.#forget(live);
    let trial = live.toTrial(status, monitor, options);
    if (status === "done" && !Number.isFinite(trial.score ?? NaN)) {
      const found = trial.score === null ? "missing: no metric has this name, or it is no number" : String(trial.score);
      trial = live.toTrial("failed", monitor, { reason: `the score ${monitor} is ${found}` });
    }
    this.#ledger.record(trial);
    const { progress } = live.runs[0];
    this.#add(trial, progress.epochs === trial.epochs ? progress.state : null);
  }

  /** Takes in a trial that is at its end. */
  #add(trial: Trial, state: TrainerState | null = null): void {
    const { direction } = this.#workshop;
    this.ended.add(trial, state, direction);
    const { target } = this.#settings;
    if (target !== null && this.ended.hasReached(target, direction)) this.stop();
    this.#review();
  }

  /** Looks after the trials of other processes: those that are at their end, and those that have been let go of. */
  #poll(): void {
    const now = performance.now();
    if (now - this.#polledAt < POLL_MS) return;
    this.#polledAt = now;
    this.#ledger.takeOver();
    for (const [id, params] of [...this.#foreign]) {
      const trial = this.#ledger.read(id);
      if (trial?.status === "running") continue;
      this.#foreign.delete(id);
      this.#start(id, params);
    }
  }

  /** Whether nothing is at work or waits for a thread. */
  get #isAtRest(): boolean {
    return this.#tasks.size + this.#foreign.size + this.#ready.length + this.#local.length === 0;
  }

  /** A pruner must say of every paused trial whether it goes on; ends one that it forgot, if there is one. */
  #endForgotten(): boolean {
    if (!this.#isExhausted || !this.#isAtRest) return false;
    const forgotten = [...this.#live.values()].find(({ status }) => status === "paused");
    if (forgotten !== undefined) {
      this.#end(forgotten, "pruned", { reason: `pruner "${this.#pruner.id}" left it paused` });
    }
    return forgotten !== undefined;
  }
}

function isEnd({ status }: Trial): boolean {
  return status === "done" || status === "pruned" || status === "failed";
}
