import type { FitParams } from "./callback.ts";
import type { History } from "./history.ts";
import { createProgress, type Progress } from "./progress.ts";
import type { Broadcast } from "./progress_hooks.ts";
import { openProgressSink, type ProgressSink } from "./progress_sink.ts";

/**
 * The progress of a fit where the program runs: in a notebook, with verbose 1, a display with the curves; elsewhere what
 * {@link createProgress} makes. Only in a notebook it is to be waited for, until what draws there is loaded.
 *
 * @param history what the fit adds its epochs to
 * @returns The progress, or null if there is nothing to show.
 */
export function openProgress(
  params: FitParams,
  history: History,
  sink?: ProgressSink,
): Progress | Promise<Progress> | null {
  if (params.verbose === 0) return null;
  const found = sink ?? openProgressSink();
  const progress = createProgress({ ...params, sink: found });
  return found.broadcast === undefined || params.verbose === 2 || progress === null
    ? progress
    : openLiveFit(history, found.broadcast, progress);
}

async function openLiveFit(history: History, broadcast: Broadcast, lines: Progress): Promise<Progress> {
  try {
    const { LiveFit } = await import("../../dist/notebook.js");
    return new LiveFit(history, broadcast, () => performance.now());
  } catch {
    return lines;
  }
}
