const NOTHING = new Uint8Array(1);

/** What is looked at of a global object. */
interface Scope {
  process?: { getBuiltinModule?: (id: string) => { setImmediate?: (callback: () => void) => unknown } | undefined };
}

/**
 * Lets the event loop run, so that messages of workers, timers and signals arrive: resolves in a later turn of it, after 0.1 ms where a
 * timer takes 1 to 4 ms.
 *
 * In Deno 2.9 `setImmediate` alone lets timers in and hardly any message of a worker; to wait for a digest, which is computed on another
 * thread, lets messages in and not always timers; a message to itself lets in neither.
 */
export async function letEventsIn(): Promise<void> {
  const { process } = globalThis as Scope;
  const setImmediate = process?.getBuiltinModule?.("node:timers")?.setImmediate;
  if (setImmediate === undefined) return await new Promise((resolve) => void setTimeout(resolve, 0));
  await globalThis.crypto?.subtle?.digest("SHA-256", NOTHING);
  await new Promise<void>((resolve) => void setImmediate(resolve));
}
