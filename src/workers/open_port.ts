import { findWorkerThreads } from "./find_worker_threads.ts";

/** A worker's way to the thread that started it. */
export interface WorkerPort {
  post(message: unknown, transfer?: readonly Transferable[]): void;
  /** Sets who gets the messages. Call it before the first `await`, so that none is lost. */
  onMessage(handler: (message: unknown) => void): void;
}

/** What is used of the global object of a Web Worker. */
interface WebScope {
  postMessage(message: unknown, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

/** Opens, inside a worker, the port to its parent: that of node:worker_threads, or the global object of a Web Worker. */
export function openPort(): WorkerPort {
  const parent = findWorkerThreads()?.parentPort;
  if (parent) {
    return {
      post: (message, transfer) => parent.postMessage(message, transfer),
      onMessage: (handler): void => void parent.on("message", handler),
    };
  }
  const scope = globalThis as unknown as WebScope;
  return {
    post: (message, transfer) => scope.postMessage(message, [...transfer ?? []]),
    onMessage(handler): void {
      scope.onmessage = (event) => handler(event.data);
    },
  };
}
