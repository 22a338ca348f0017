import { Inbox } from "./inbox.ts";
import type { StartedWorker } from "./started_worker.ts";

/**
 * Starts a Web Worker from a `blob:` URL: browsers.
 *
 * A worker from a `data:` URL would have an origin of its own, and not be cross-origin isolated.
 *
 * @param source an ES module without imports
 */
export function startWebWorker(source: string, name: string): StartedWorker {
  const messages = new Inbox<unknown>();
  const errors = new Inbox<Error>();
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const revoke = (): void => URL.revokeObjectURL(url);
  const worker = new Worker(url, { type: "module", name });
  worker.onmessage = (event) => {
    revoke();
    messages.deliver(event.data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    revoke();
    // An error without a message means that the script was not loaded.
    const text = event.message ||
      `Worker "${name}" was not loaded; does a Content-Security-Policy forbid workers from blob: URLs?`;
    errors.deliver(event.error instanceof Error ? event.error : new Error(text));
  };
  worker.onmessageerror = () => errors.deliver(new Error(`A message of worker "${name}" could not be read`));
  return {
    post: (message, transfer) => worker.postMessage(message, [...transfer ?? []]),
    onMessage: (handler) => messages.listen(handler),
    onError: (handler) => errors.listen(handler),
    terminate(): void {
      messages.close();
      errors.close();
      revoke();
      worker.terminate();
    },
    unref: () => {},
    ref: () => {},
  };
}
