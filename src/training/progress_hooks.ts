import type { Logs } from "./callback.ts";

/** Sends a message to the front end of a notebook: `Deno.jupyter.broadcast`. */
export type Broadcast = (type: string, content: Record<string, unknown>) => Promise<void>;

/** Shows how a training gets on. */
export interface Progress {
  /** An epoch begins; the first is 0. */
  onEpochBegin(epoch: number): void;
  /** A batch is done; the first is 0. `readLogs` is called only if the numbers are shown. */
  onBatchEnd(batch: number, readLogs: () => Logs): void;
  /** An epoch is done, after so many seconds. */
  onEpochEnd(epoch: number, logs: Logs, seconds: number): void;
  /** Training is over, or was interrupted: shows what was held back. May be called more than once. What it returns is waited for. */
  onTrainEnd(): void | Promise<void>;
}
