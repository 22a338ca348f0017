import type { Logs } from "./callback.ts";
import { formatLogs } from "./format_logs.ts";
import { formatPace, formatSeconds } from "./format_seconds.ts";
import { openProgressSink, type ProgressSink } from "./progress_sink.ts";

/** Settings of {@link reportPass}. */
export interface PassReport {
  /** How many batches were run. */
  readonly batches: number;
  /** What is known of them. Default: nothing. */
  readonly logs?: Logs;
  /** Where to write. Default: what {@link openProgressSink} finds. */
  readonly sink?: ProgressSink;
  /** A clock in milliseconds. Default: `performance.now`. */
  readonly now?: () => number;
}

/**
 * Writes the line of an evaluation or a prediction that is done: `4/4 - 0s 12ms/step - loss: 0.1234`.
 *
 * @param startedAt when it began, by the same clock
 */
export function reportPass(startedAt: number, report: PassReport): void {
  const { batches, logs = {}, sink = openProgressSink(), now = () => performance.now() } = report;
  const seconds = (now() - startedAt) / 1000;
  const pace = batches === 0 ? "" : ` ${formatPace(seconds / batches, "step")}`;
  sink.write(`${batches}/${batches} - ${formatSeconds(seconds)}${pace}${formatLogs(logs)}\n`);
}
