import type { WorkerThreads } from "./find_worker_threads.ts";
import { Inbox } from "./inbox.ts";
import type { StartedWorker } from "./started_worker.ts";

/**
 * Starts a worker with node:worker_threads: Deno, Node and Bun.
 *
 * @param threads the module
 * @param source an ES module without imports
 */
export function startThreadWorker(threads: WorkerThreads, source: string, name: string): StartedWorker {
  const messages = new Inbox<unknown>();
  const errors = new Inbox<Error>();
  let hasFailed = false;
  // An empty environment: Deno would ask for permission to read the real one, and on a terminal it would wait for an answer.
  const url = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
  const worker = new threads.Worker(url, { name, env: {}, execArgv: [] });
  const fail = (error: unknown): void => {
    hasFailed = true;
    errors.deliver(error instanceof Error ? error : new Error(String(error)));
  };
  worker.on("message", (message) => messages.deliver(message));
  worker.on("error", fail);
  worker.on("messageerror", fail);
  worker.on("exit", (code) => {
    if (!hasFailed) fail(new Error(`Worker "${name}" ended unasked, with code ${code}`));
  });
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    onMessage: (handler) => messages.listen(handler),
    onError: (handler) => errors.listen(handler),
    terminate(): void {
      messages.close();
      errors.close();
      worker.terminate();
    },
    unref: () => worker.unref(),
    ref: () => worker.ref(),
  };
}
