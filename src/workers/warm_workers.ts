import type { StartedWorker } from "./started_worker.ts";
import { startWorker } from "./start_worker.ts";

/** How long a worker is kept warm, in milliseconds. */
const WARM_MS = 2000;

/** Workers of one program, kept warm for a moment when they have no work: a thread takes longer to start than most models to train. */
export class WarmWorkers {
  readonly #source: string;
  readonly #name: string;
  #idle: StartedWorker[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #started = 0;

  /**
   * @param source An ES module without imports.
   * @param name What workers are called; a number follows.
   */
  constructor(source: string, name: string) {
    this.#source = source;
    this.#name = name;
  }

  /** How many workers have no work. */
  get idle(): number {
    return this.#idle.length;
  }

  /** A warm worker, or a new one. It does not keep the process alive. */
  take(): StartedWorker {
    const warm = this.#idle.pop();
    if (warm !== undefined) return warm;
    const worker = startWorker(this.#source, { name: `${this.#name} ${++this.#started}` });
    worker.unref();
    return worker;
  }

  /** Keeps a worker warm for a moment. */
  giveBack(worker: StartedWorker): void {
    worker.onMessage(() => {});
    worker.onError(() => this.#idle = this.#idle.filter((other) => other !== worker));
    this.#idle.push(worker);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.endIdle(), WARM_MS);
    unrefTimer(this.#timer);
  }

  /** Ends all workers that have no work. */
  endIdle(): void {
    for (const worker of this.#idle) worker.terminate();
    this.#idle = [];
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

/** Lets the process end although the timer runs. */
function unrefTimer(id: unknown): void {
  const deno = (globalThis as { Deno?: { unrefTimer?: (id: unknown) => void } }).Deno;
  if (typeof id === "number") deno?.unrefTimer?.(id);
  else (id as { unref?: () => void }).unref?.();
}
