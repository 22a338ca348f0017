const NOTHING = new Uint8Array(1);

/**
 * Lets the event loop run, so that messages of workers, timers and signals arrive: resolves in a later turn of it.
 *
 * It waits for a digest, which the runtime computes on another thread: 0.1 ms. A timer takes 1 to 4 ms; a message to itself or
 * `setImmediate` take less, but in Deno 2.9 neither timers nor workers are heard in between.
 */
export async function letEventsIn(): Promise<void> {
  const { subtle } = globalThis.crypto ?? {};
  if (subtle === undefined) await new Promise((resolve) => setTimeout(resolve, 0));
  else await subtle.digest("SHA-256", NOTHING);
}
