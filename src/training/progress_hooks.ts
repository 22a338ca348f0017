import type { Logs } from "./callback.ts";

/** Shows how a training gets on. */
export interface Progress {
  /** An epoch begins; the first is 0. */
  onEpochBegin(epoch: number): void;
  /** A batch is done; the first is 0. `readLogs` is called only if the numbers are shown. */
  onBatchEnd(batch: number, readLogs: () => Logs): void;
  /** An epoch is done, after so many seconds. */
  onEpochEnd(epoch: number, logs: Logs, seconds: number): void;
  /** Training is over, or was interrupted: shows what was held back. May be called more than once. */
  onTrainEnd(): void;
}
