import type { FitParams, Logs } from "./callback.ts";
import { formatLogs } from "./format_logs.ts";
import { formatPace, formatSeconds } from "./format_seconds.ts";
import type { Progress } from "./progress_hooks.ts";
import type { ProgressSink } from "./progress_sink.ts";

/** Lines wait at most so long for the next write, while batches go on. */
const FLUSH_MS = 100;

/** One line an epoch: `Epoch 3/50 - 0s 3ms/step - loss: 0.1234`. The lines of quick epochs are written together. */
export class LineProgress implements Progress {
  readonly #params: FitParams;
  readonly #sink: ProgressSink;
  readonly #now: () => number;
  #lines = "";
  #flushedAt = -Infinity;
  #batches = 0;

  constructor(params: FitParams, sink: ProgressSink, now: () => number) {
    this.#params = params;
    this.#sink = sink;
    this.#now = now;
  }

  onEpochBegin(_epoch: number): void {
    this.#batches = 0;
  }

  onBatchEnd(batch: number, _readLogs: () => Logs): void {
    this.#batches = batch + 1;
    if (this.#lines !== "") this.#flushIfDue();
  }

  onEpochEnd(epoch: number, logs: Logs, seconds: number): void {
    const pace = this.#batches === 0 ? "" : ` ${formatPace(seconds / this.#batches, "step")}`;
    this.#lines += `Epoch ${epoch + 1}/${this.#params.epochs} - ${formatSeconds(seconds)}${pace}${formatLogs(logs)}\n`;
    this.#flushIfDue();
  }

  onTrainEnd(): void {
    if (this.#lines !== "") this.#sink.write(this.#lines);
    this.#lines = "";
  }

  #flushIfDue(): void {
    const now = this.#now();
    if (now - this.#flushedAt < FLUSH_MS) return;
    this.#flushedAt = now;
    this.onTrainEnd();
  }
}
