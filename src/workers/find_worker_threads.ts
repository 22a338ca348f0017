/** What is used of a worker of node:worker_threads. */
export interface ThreadWorker {
  postMessage(message: unknown, transfer?: readonly Transferable[]): void;
  on(event: "message", listener: (message: unknown) => void): unknown;
  on(event: "error" | "messageerror", listener: (error: unknown) => void): unknown;
  on(event: "exit", listener: (code: number) => void): unknown;
  terminate(): unknown;
  ref(): void;
  unref(): void;
}

/** What is used of the port that leads from a worker to its parent. */
export interface ThreadPort {
  postMessage(message: unknown, transfer?: readonly Transferable[]): void;
  on(event: "message", listener: (message: unknown) => void): unknown;
}

/** What is used of node:worker_threads. */
export interface WorkerThreads {
  Worker: new (
    url: URL,
    options: { name: string; env: Record<string, string>; execArgv: readonly string[] },
  ) => ThreadWorker;
  /** Null on a main thread, and in a Web Worker of Deno. */
  parentPort: ThreadPort | null;
}

/** A global object, as far as it is asked for node's modules. */
export interface ThreadScope {
  process?: { getBuiltinModule?: (id: string) => unknown };
}

/**
 * The module node:worker_threads of Deno, Node (20.16 or later) and Bun; undefined elsewhere.
 *
 * It is asked for at run time, so that a browser never sees an import of it. Deno asks for no permission.
 *
 * @param scope the global object to look at
 */
export function findWorkerThreads(scope: object = globalThis): WorkerThreads | undefined {
  const { process } = scope as ThreadScope;
  try {
    const threads = process?.getBuiltinModule?.("node:worker_threads") as Partial<WorkerThreads> | undefined;
    return typeof threads?.Worker === "function" ? threads as WorkerThreads : undefined;
  } catch {
    return undefined; // a stand-in for `process` that some bundlers bring
  }
}
