import type { FitParams } from "./callback.ts";
import { BarProgress } from "./bar_progress.ts";
import { LineProgress } from "./line_progress.ts";
import type { Progress } from "./progress_hooks.ts";
import { openProgressSink, type ProgressSink } from "./progress_sink.ts";

export type { Progress } from "./progress_hooks.ts";

/** Settings of {@link createProgress}. */
export interface ProgressParams extends FitParams {
  /** Where to write. Default: what {@link openProgressSink} finds. */
  readonly sink?: ProgressSink;
  /** A clock in milliseconds. Default: `performance.now`. */
  readonly now?: () => number;
}

/**
 * The progress of a training: with verbose 1 a bar in a terminal and a line an epoch elsewhere, with verbose 2 a line an
 * epoch, with verbose 0 nothing.
 *
 * @param params Epochs, steps, verbose.
 * @returns The progress, or null if there is nothing to show.
 */
export function createProgress(params: ProgressParams): Progress | null {
  if (params.verbose === 0) return null;
  const sink = params.sink ?? openProgressSink();
  const now = params.now ?? (() => performance.now());
  if (params.verbose === 1 && sink.isTerminal) return new BarProgress(params, sink, now);
  return new LineProgress(params, sink, now);
}
