import { findWorkerThreads } from "./find_worker_threads.ts";

/** Whether workers can share a memory here; if not, why, and what to do about it. */
export type WorkerSupport = { ok: true } | { ok: false; reason: string; cure: string };

/** Whether workers were found possible here: what was tried once is not tried again. */
let isSure = false;

/** What is looked at of a global object. */
interface Scope {
  crossOriginIsolated?: boolean;
  SharedArrayBuffer?: unknown;
  Atomics?: unknown;
  Worker?: unknown;
  process?: { versions?: { node?: string } };
  WebAssembly?: { Memory: new (descriptor: WebAssembly.MemoryDescriptor) => { buffer: ArrayBufferLike } };
}

/**
 * Says whether this runtime can start workers and share a `WebAssembly.Memory` with them.
 *
 * Deno, Node, Bun: yes, without flags or permissions. Browsers: only on a page that is cross-origin isolated. Without isolation a shared
 * memory can be made there, but it cannot be posted. `crossOriginIsolated` is undefined in Deno, Node and Bun and says nothing there.
 *
 * It starts nothing; a worker that cannot be started after all (a security policy, a limit of the system) says so when it is tried.
 *
 * @param scope the global object to look at
 */
export function canStartWorkers(scope: object = globalThis): WorkerSupport {
  if (scope !== globalThis) return examine(scope);
  if (isSure) return { ok: true };
  const support = examine(scope);
  isSure = support.ok;
  return support;
}

function examine(scope: object): WorkerSupport {
  const { crossOriginIsolated, SharedArrayBuffer, Atomics, Worker, WebAssembly, process } = scope as Scope;
  const threads = findWorkerThreads(scope);
  if (threads === undefined && crossOriginIsolated === false) {
    return {
      ok: false,
      reason: "the page is not cross-origin isolated, so it cannot share memory with workers",
      cure: 'serve it with the headers "Cross-Origin-Opener-Policy: same-origin" and ' +
        '"Cross-Origin-Embedder-Policy: require-corp"',
    };
  }
  if (SharedArrayBuffer === undefined || Atomics === undefined) {
    return {
      ok: false,
      reason: "this runtime has no SharedArrayBuffer",
      cure: "use Deno, Node 20.16 or later, Bun, or a browser page that is cross-origin isolated",
    };
  }
  if (threads === undefined && process?.versions?.node !== undefined) {
    return {
      ok: false,
      reason: `Node ${process.versions.node} does not give out node:worker_threads at run time`,
      cure: "use Node 20.16 or later",
    };
  }
  if (threads === undefined && typeof Worker !== "function") {
    return {
      ok: false,
      reason: "this runtime has no workers",
      cure: "use Deno, Node 20.16 or later, Bun, or a browser page that is cross-origin isolated",
    };
  }
  try {
    if (!WebAssembly) throw new TypeError("there is no WebAssembly");
    new WebAssembly.Memory({ initial: 0, maximum: 1, shared: true });
  } catch (error) {
    return {
      ok: false,
      reason: `this runtime makes no shared WebAssembly memory: ${error instanceof Error ? error.message : error}`,
      cure: "use a runtime with WebAssembly threads: a current Deno, Node, Bun or browser",
    };
  }
  return { ok: true };
}
