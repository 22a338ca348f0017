import type { ThreadScope } from "./find_worker_threads.ts";

/** What is looked at of a global object. */
interface Scope extends ThreadScope {
  readonly navigator?: { readonly hardwareConcurrency?: number };
}

/**
 * How many threads can run at once: `navigator.hardwareConcurrency`; in Node 20, which has no `navigator`, what node:os says; 1 if nobody knows.
 *
 * @param scope the global object to look at
 */
export function countCores(scope: object = globalThis): number {
  const said = (scope as Scope).navigator?.hardwareConcurrency;
  if (said !== undefined) return Math.max(1, said);
  try {
    // Not before: the first look at `process` takes Deno 20 ms.
    const { process } = scope as Scope;
    const os = process?.getBuiltinModule?.("node:os") as { availableParallelism?: () => number } | undefined;
    return os?.availableParallelism?.() ?? 1;
  } catch {
    return 1; // a stand-in for `process` that some bundlers bring
  }
}
