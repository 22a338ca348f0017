import process from "node:process";
import { workerSource } from "../../src/workers/gen/worker_source.ts";
import type { ThreadWorker, WorkerThreads } from "../../src/workers/find_worker_threads.ts";
import { endIdleWorkers } from "../../src/workers/worker_pool.ts";

/** What happens instead of what should. */
export interface ThreadFaults {
  /** The source of the n-th worker that is started, from 1; undefined: the real one. */
  readonly source?: (n: number) => string | undefined;
  /** Called with the number of a worker before it is started; may throw. */
  readonly onStart?: (n: number) => void;
}

/** Runs `body` with workers that are started anew, and fail in the ways that are asked for. */
export async function withThreads(
  faults: ThreadFaults,
  body: (started: readonly ThreadWorker[]) => Promise<void>,
): Promise<void> {
  const getBuiltinModule = process.getBuiltinModule;
  const threads = getBuiltinModule("node:worker_threads") as unknown as WorkerThreads;
  const started: ThreadWorker[] = [];
  class Worker extends threads.Worker {
    constructor(_url: URL, options: ConstructorParameters<WorkerThreads["Worker"]>[1]) {
      const n = started.length + 1;
      faults.onStart?.(n);
      const source = faults.source?.(n) ?? workerSource;
      super(new URL(`data:text/javascript,${encodeURIComponent(source)}`), options);
      started.push(this);
    }
  }
  const get = (id: string): unknown =>
    id === "node:worker_threads" ? { Worker, parentPort: threads.parentPort } : getBuiltinModule(id);
  endIdleWorkers();
  process.getBuiltinModule = get as typeof process.getBuiltinModule;
  try {
    await body(started);
  } finally {
    process.getBuiltinModule = getBuiltinModule;
    endIdleWorkers();
  }
}
