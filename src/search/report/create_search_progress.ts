import { formatSeconds } from "../../training/format_seconds.ts";
import { openProgressSink, type ProgressSink } from "../../training/progress_sink.ts";
import { formatScore } from "../trials/format_score.ts";

/** How far a search is. */
export interface SearchState {
  /** Trials at their end, whatever it was. */
  readonly done: number;
  /** Trials that failed; part of `done`. */
  readonly failed: number;
  /** Trials that this process works on. */
  readonly running: number;
  /** Trials in all; null if there is no such number. */
  readonly total: number | null;
  /** The best trial so far; null if there is none. */
  readonly best: { readonly id: number; readonly score: number } | null;
  /** Epochs trained by this process, in all trials. */
  readonly epochs: number;
  /** Epochs that are left at most; null if nobody knows. */
  readonly epochsLeft: number | null;
}

/** Shows how a search gets on. */
export interface SearchProgress {
  /** Something has changed. `readState` is called only if it is shown. */
  update(readState: () => SearchState): void;
  /** The search is over, or was interrupted: shows where it ended. */
  end(state: SearchState): void;
}

/** Settings of {@link createSearchProgress}. */
export interface SearchProgressParams {
  /** 0 shows nothing, 1 a line that is rewritten in a terminal, or a line every few seconds elsewhere. */
  readonly verbose: number;
  /** The name of the score. */
  readonly monitor: string;
  /** Where to write. Default: what `openProgressSink` finds. */
  readonly sink?: ProgressSink;
  /** A clock in milliseconds. Default: `performance.now`. */
  readonly now?: () => number;
}

/** A line in a terminal is rewritten at most so often. */
const REDRAW_MS = 100;
/** Elsewhere a line is written at most so often. */
const LINE_MS = 5_000;
/** The time left is not guessed from less work than this. */
const GUESS_MS = 500;

/**
 * The progress of a search in one line: trials done and running, the best so far, the time left.
 * `12/16 trials ━━━━━━━━━━━━━━━━ 2 running, 1 failed, best val_accuracy 0.9423 (trial 7), 3s left`.
 *
 * The time left is that of the epochs left at the pace so far, or of the trials left if nobody knows the epochs.
 *
 * @returns The progress, or null if there is nothing to show.
 */
export function createSearchProgress(params: SearchProgressParams): SearchProgress | null {
  if (params.verbose === 0) return null;
  const { monitor, sink = openProgressSink(), now = () => performance.now() } = params;
  const startedAt = now();
  let writtenAt = sink.isTerminal ? -Infinity : startedAt;
  let doneAtStart: number | undefined;
  const write = (state: SearchState, isOver: boolean): void => {
    doneAtStart ??= state.done;
    const line = describe(state, { monitor, elapsedMs: now() - startedAt, doneBefore: doneAtStart, sink, isOver });
    if (!sink.isTerminal) return sink.write(`${line}\n`);
    sink.write(`\r${line}\x1b[K${isOver ? "\n" : ""}`);
  };
  return {
    update(readState: () => SearchState): void {
      doneAtStart ??= readState().done;
      const time = now();
      if (time - writtenAt < (sink.isTerminal ? REDRAW_MS : LINE_MS)) return;
      writtenAt = time;
      write(readState(), false);
    },
    end: (state: SearchState): void => write(state, true),
  };
}

/** The line, no longer than fits: one that wraps cannot be rewritten. */
function describe(
  state: SearchState,
  { monitor, elapsedMs, doneBefore, sink, isOver }: {
    monitor: string;
    elapsedMs: number;
    doneBefore: number;
    sink: ProgressSink;
    isOver: boolean;
  },
): string {
  const { done, failed, running, total, best } = state;
  const place = total === null
    ? `${done} trials`
    : `${String(done).padStart(String(total).length)}/${total} ${total === 1 ? "trial" : "trials"}`;
  const facts: string[] = [];
  if (running > 0) facts.push(`${running} running`);
  if (failed > 0) facts.push(`${failed} failed`);
  if (best !== null) facts.push(`best ${clean(monitor)} ${formatScore(best.score)} (trial ${best.id})`);
  const left = guessSeconds(state, elapsedMs, doneBefore);
  if (isOver) facts.push(`took ${formatSeconds(elapsedMs / 1000)}`);
  else if (left !== null) facts.push(`${formatSeconds(left)} left`);
  const rest = facts.join(", ");
  if (!sink.isTerminal) return rest === "" ? place : `${place}: ${rest}`;
  const columns = Math.max(10, sink.columns - 1);
  const room = Math.min(20, columns - place.length - rest.length - 2);
  if (total === null || room < 5) return `${place} ${rest}`.slice(0, columns);
  const filled = Math.floor(room * Math.min(1, done / Math.max(1, total)));
  const [bar, track] = ["━".repeat(filled), (sink.hasColors ?? true ? "━" : "─").repeat(room - filled)];
  const painted = sink.hasColors ?? true ? `\x1b[32m${bar}\x1b[90m${track}\x1b[0m` : bar + track;
  return `${place} ${painted} ${rest}`;
}

function guessSeconds(
  { done, total, epochs, epochsLeft }: SearchState,
  elapsedMs: number,
  doneBefore: number,
): number | null {
  if (elapsedMs < GUESS_MS) return null;
  if (epochsLeft !== null && epochs > 0) return epochsLeft / epochs * elapsedMs / 1000;
  if (total === null || done <= doneBefore) return null;
  return (total - done) / (done - doneBefore) * elapsedMs / 1000;
}

function clean(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, "?").slice(0, 30);
}
