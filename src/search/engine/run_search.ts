import { countCores } from "../../workers/count_cores.ts";
import { describeSpace } from "../space/describe_space.ts";
import { createSearchProgress } from "../report/create_search_progress.ts";
import type { Journal } from "../journal/journal.ts";
import { loadReportPage } from "../report/load_report_page.ts";
import { openJournal } from "../journal/open_journal.ts";
import { readSearchOptions, type SearchSettings } from "./read_search_options.ts";
import type { AnySearchOptions } from "./search_options.ts";
import { SearchResult } from "../report/search_result.ts";
import { Crew } from "./crew.ts";
import { describeSearch, hashData } from "./describe_search.ts";
import { diagnoseTrials } from "./diagnose_trials.ts";
import { finishBest } from "./finish_best.ts";
import { Ledger } from "./ledger.ts";
import { SearchRun } from "./search_run.ts";
import { warnOfEqualTrials } from "./warn_of_equal_trials.ts";
import { Workshop } from "./workshop.ts";

/** Seconds between two checkpoints of one run, as the journal's own default. */
const CHECKPOINT_SECONDS = 0.25;

/** Checks the options of a search and runs it. */
export async function runSearch(options: AnySearchOptions): Promise<SearchResult> {
  const settings = readSearchOptions(options);
  settings.signal?.throwIfAborted();
  const page = loadReportPage();
  page.catch(() => {}); // told when it is waited for
  const { x, y, sampleWeight } = options; // the object may change while the search runs
  const data = { x, y, sampleWeight };
  const workshop = new Workshop(settings, data);
  const { journal, checkpointSeconds } = await openSearchJournal(options, settings);
  const ledger = new Ledger(journal);
  const run = new SearchRun(settings, workshop, ledger, checkpointSeconds * 1000);
  try {
    await work(run, settings, workshop);
    run.save();
  } finally {
    ledger.close();
  }
  if (run.fault !== null) throw run.fault.cause;
  settings.signal?.throwIfAborted();
  const trials = [...run.ended.all, ...run.unfinished()];
  warnOfEqualTrials(trials);
  await diagnoseTrials(trials, settings, workshop, data);
  const model = run.ended.best === null ? undefined : await finishBest(run.ended.best, settings, workshop, data);
  return new SearchResult({
    trials,
    space: settings.space,
    monitor: settings.monitor,
    direction: workshop.direction,
    settings: describeSearch(settings),
    model,
    page: await page,
    ...(ledger.error === undefined ? {} : { journalError: ledger.error }),
  });
}

async function work(run: SearchRun, settings: SearchSettings, workshop: Workshop): Promise<void> {
  const { signal, maxSeconds, monitor, trials: total, verbose, workers } = settings;
  const progress = createSearchProgress({ verbose, monitor });
  const readState = () => ({
    done: run.ended.all.length,
    failed: run.ended.failed,
    running: run.running,
    total,
    best: run.ended.winner && { id: run.ended.winner.id, score: run.ended.winner.score! },
    epochs: run.pace.epochs,
    epochsLeft: run.epochsLeft,
  });
  run.begin();
  if (run.fault !== null) return;
  const crew = new Crew(run, {
    threads: workers === "auto" ? countCores() : workers,
    isAsked: workers !== "auto",
    samples: workshop.samples,
  });
  run.events = {
    stop: (serial) => crew.stop(serial),
    forget: (plan) => crew.forget(plan),
    change: () => progress?.update(readState),
  };
  const wake = (): void => crew.wake();
  const timer = maxSeconds === null ? undefined : setTimeout(() => {
    run.stop();
    wake();
  }, maxSeconds * 1000);
  signal?.addEventListener("abort", wake);
  try {
    await crew.work(() => signal?.aborted === true);
  } finally {
    signal?.removeEventListener("abort", wake);
    clearTimeout(timer);
    crew.close();
    progress?.end(readState());
  }
}

async function openSearchJournal(
  options: AnySearchOptions,
  settings: SearchSettings,
): Promise<{ journal: Journal | null; checkpointSeconds: number }> {
  const { journal: given } = options;
  if (given === undefined) return { journal: null, checkpointSeconds: CHECKPOINT_SECONDS };
  const { path, ...rest } = typeof given === "string" || given instanceof URL ? { path: given } : given;
  const fingerprint = {
    ...describeSearch(settings),
    space: describeSpace(settings.space),
    build: String(settings.build),
    data: await hashData(options, settings),
  };
  const journal = await openJournal(path, fingerprint, rest);
  const { checkpointSeconds = CHECKPOINT_SECONDS } = rest as { checkpointSeconds?: number };
  return { journal, checkpointSeconds };
}
