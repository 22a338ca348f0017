import { workerSource } from "./gen/worker_source.ts";
import type { StartedWorker } from "./started_worker.ts";
import { startWorker } from "./start_worker.ts";

/** Workers without work, kept warm for the next team. A thread takes longer to start than most models to train. */
let idle: StartedWorker[] = [];
/** How long a worker is kept warm, in milliseconds. */
const WARM_MS = 2000;
let timer: ReturnType<typeof setTimeout> | null = null;
let started = 0;

/** A warm worker, or a new one. It does not keep the process alive. */
export function takeWorker(): StartedWorker {
  const warm = idle.pop();
  if (warm !== undefined) return warm;
  const worker = startWorker(workerSource, { name: `retroprop ${++started}` });
  worker.unref();
  return worker;
}

/** Keeps a worker warm for a moment. */
export function giveBackWorker(worker: StartedWorker): void {
  worker.onMessage(() => {});
  worker.onError(() => idle = idle.filter((other) => other !== worker));
  idle.push(worker);
  if (timer !== null) clearTimeout(timer);
  timer = setTimeout(endIdleWorkers, WARM_MS);
  unrefTimer(timer);
}

/** Ends all workers that have no work. */
export function endIdleWorkers(): void {
  for (const worker of idle) worker.terminate();
  idle = [];
  if (timer !== null) clearTimeout(timer);
  timer = null;
}

/** Lets the process end although the timer runs. */
function unrefTimer(id: unknown): void {
  const deno = (globalThis as { Deno?: { unrefTimer?: (id: unknown) => void } }).Deno;
  if (typeof id === "number") deno?.unrefTimer?.(id);
  else (id as { unref?: () => void }).unref?.();
}
