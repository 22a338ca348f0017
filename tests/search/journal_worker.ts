/**
 * One process of a search that the tests kill: 12 trials of 2 runs and 10 epochs, each a made-up training whose state
 * is 8 numbers. Started with the path of the journal; prints a line when it is ready, and one when all is done.
 *
 * @module
 */
import { openJournal } from "../../src/search/journal/open_journal.ts";
import type { Journal } from "../../src/search/journal/journal.ts";
import type { TrialRun } from "../../src/search/trials/trial.ts";

/** How many trials the search has. */
export const TRIALS = 12;
const RUNS = 2;
const EPOCHS = 10;

/** What the search is. */
export const FINGERPRINT = { trials: TRIALS, epochs: EPOCHS };

/** One epoch: the next state of a run, in place; gives its loss. */
export function trainEpoch(state: Float64Array, epoch: number): number {
  for (let i = 0; i < state.length; i++) state[i] = Math.abs(Math.sin(state[i] * 12.9898 + epoch + i));
  return state.reduce((sum, each) => sum + each, 0) / state.length;
}

/** The loss of every epoch of a run that nobody disturbs. */
export function trainAll(trial: number, fold: number): number[] {
  const state = new Float64Array(8).fill(trial + fold / 2);
  return Array.from({ length: EPOCHS }, (_, epoch) => trainEpoch(state, epoch));
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Trains one run from its last checkpoint; undefined if somebody else has it. */
async function train(journal: Journal, trial: number, fold: number): Promise<TrialRun | undefined> {
  const run = { trial, fold, seed: 0 };
  if (journal.claim(run) === 0) return undefined;
  const saved = journal.readCheckpoint(run);
  const state = saved ? new Float64Array(saved.bytes.slice().buffer) : new Float64Array(8).fill(trial + fold / 2);
  const loss = saved?.history.loss ?? [];
  for (let epoch = saved?.epochs ?? 0; epoch < EPOCHS; epoch++) {
    loss.push(trainEpoch(state, epoch));
    await pause(1);
    const bytes = new Uint8Array(state.buffer).slice();
    if (!journal.checkpoint(run, { epochs: epoch + 1, history: { loss }, bytes })) return undefined;
    console.log(`epoch ${trial} ${fold} ${epoch}`);
  }
  const result = { fold, seed: 0, history: { loss }, score: loss[EPOCHS - 1], epochs: EPOCHS };
  journal.recordRun(trial, result);
  return result;
}

async function work(path: string): Promise<void> {
  const journal = await openJournal(path, FINGERPRINT, {
    heartbeatSeconds: 0.05,
    staleSeconds: 0.4,
    checkpointSeconds: 0,
  });
  console.log("ready");
  for (let id = 0; id < TRIALS; id++) journal.propose(id, { rate: 1 / (id + 1) });
  for (;;) {
    journal.takeOver();
    for (let id = 0; id < TRIALS; id++) for (let fold = 0; fold < RUNS; fold++) await train(journal, id, fold);
    const trials = journal.trials();
    for (const trial of trials) {
      if (trial.runs.length < RUNS || trial.status === "done") continue;
      const score = (trial.runs[0].score! + trial.runs[1].score!) / 2;
      journal.record({ ...trial, status: "done", score, history: trial.runs[0].history, epochs: EPOCHS });
    }
    if (trials.every(({ status }) => status === "done")) break;
    await pause(20);
  }
  journal.close();
  console.log("done");
}

if (import.meta.main) await work(Deno.args[0]);
