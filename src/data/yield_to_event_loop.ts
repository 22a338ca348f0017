/** What is looked at of a global object. */
interface Scope {
  setImmediate?: (callback: () => void) => unknown;
}

/**
 * Lets the event loop run, so that timers and signals arrive: resolves in a later turn of it, after some microseconds where a timer takes 1
 * to 4 ms.
 *
 * With `setImmediate` where there is one, as in Deno a message to oneself lets no timer in; in browsers it is the other way round. Messages
 * of workers may wait for many turns in Deno 2.9: they have a `Mailbox`.
 */
export function yieldToEventLoop(): Promise<void> {
  const { setImmediate } = globalThis as Scope;
  if (setImmediate !== undefined) return new Promise((resolve) => void setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (): void => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
