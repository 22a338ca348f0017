import { findWorkerThreads } from "./find_worker_threads.ts";
import { startThreadWorker } from "./start_thread_worker.ts";
import { startWebWorker } from "./start_web_worker.ts";
import type { StartedWorker } from "./started_worker.ts";

/**
 * Starts a worker from source text, with the means of this runtime and without permissions.
 *
 * Deno, Node and Bun: a thread of node:worker_threads from a `data:` URL, because a Web Worker of Deno cannot be unref'd and its terminate()
 * leaves a process that does not end. Browsers: a Web Worker from a `blob:` URL.
 *
 * @param source an ES module without imports; it reaches its parent through `openPort`
 * @param options.name shown by debuggers and in errors
 * @throws Error if the runtime refuses; what happens later reaches `onError`
 */
export function startWorker(source: string, { name }: { name: string }): StartedWorker {
  const threads = findWorkerThreads();
  try {
    return threads ? startThreadWorker(threads, source, name) : startWebWorker(source, name);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot start worker "${name}": ${why}`, { cause: error });
  }
}
