/**
 * What runs in a worker: it binds kernels to the memory of a model and serves as one rank of a team. It knows programs only, no user code
 * and no layers.
 *
 * @module
 */
import { CONTROL, RECORD, recordWord } from "./control.ts";
import type { AttachMessage, FromWorker, ToWorker } from "./worker_messages.ts";

/** How a worker talks to the thread that started it; runtimes differ. */
export interface Port {
  post(message: FromWorker): void;
}

/** Handles one message. */
export function handleMessage(message: ToWorker, port: Port): void {
  if (message.kind === "attach") port.post({ kind: "left", rank: message.rank, error: serve(message) });
}

/** Serves until told to stop; returns what went wrong, or null. */
function serve({ module, memory, control, rank }: AttachMessage): string | null {
  const words = new Int32Array(memory.buffer, control);
  try {
    const instance = new WebAssembly.Instance(module, { env: { memory } });
    Atomics.store(words, recordWord(rank, RECORD.ready), 1);
    Atomics.notify(words, recordWord(rank, RECORD.ready));
    (instance.exports.serve as (control: number, rank: number) => void)(control, rank);
    return null;
  } catch (error) {
    if (Atomics.load(words, CONTROL.stop) !== 0) return null;
    Atomics.compareExchange(words, CONTROL.abort, 0, rank + 1);
    Atomics.notify(words, recordWord(rank, RECORD.arrived));
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } finally {
    Atomics.store(words, recordWord(rank, RECORD.ready), 0);
    Atomics.notify(words, recordWord(rank, RECORD.ready));
  }
}
