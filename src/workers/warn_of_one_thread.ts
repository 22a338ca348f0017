import type { WorkerSupport } from "./can_start_workers.ts";

/** What was said: each reason is told once in a process. */
const told = new Set<string>();

/** Says on the console why the library runs on one thread, and what to do about it; once, whoever asks. */
export function warnOfOneThread({ reason, cure }: WorkerSupport & { ok: false }): void {
  if (told.has(reason)) return;
  told.add(reason);
  console.warn(`retroprop runs on one thread: ${reason}. To use more, ${cure}.`);
}
