/**
 * Lets the event loop run, so that messages, timers and signals arrive: resolves in a later turn of it. A message to itself takes some
 * microseconds, where a timer takes 1 to 4 ms.
 */
export function letEventsIn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (): void => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
