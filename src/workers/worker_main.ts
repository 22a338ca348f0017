/**
 * What runs in a worker: it binds kernels to the memory of a model and serves as one rank of a team. It knows programs only, no user code
 * and no layers.
 *
 * @module
 */
import { CONTROL, PRESENCE, RECORD, recordWord } from "./control.ts";
import { serveBoard } from "./serve_board.ts";
import type { AttachMessage, FromWorker, ToWorker } from "./worker_messages.ts";

/** How a worker talks to the thread that started it; runtimes differ. */
export interface Port {
  post(message: FromWorker): void;
}

/** Handles one message. */
export function handleMessage(message: ToWorker, port: Port): void {
  if (message.kind !== "attach") return;
  const { rank, ticket } = message;
  port.post({ kind: "left", rank, ticket, error: serve(message) });
}

/** Serves until told to stop; returns what went wrong, or null. */
function serve({ module, memory, control, rank, work }: AttachMessage): string | null {
  const words = new Int32Array(memory.buffer, control);
  const presence = recordWord(rank, RECORD.presence);
  const enter = (state: number): void => {
    Atomics.store(words, presence, state);
    Atomics.notify(words, presence);
  };
  let failure: string | null = null;
  try {
    const instance = new WebAssembly.Instance(module, { env: { memory } });
    enter(PRESENCE.serving);
    const exports = instance.exports as unknown as {
      serve: (control: number, rank: number) => void;
      run: (address: number) => void;
    };
    if (work === undefined) exports.serve(control, rank);
    else serveBoard(words, work, rank, exports.run);
  } catch (error) {
    failure = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    Atomics.compareExchange(words, CONTROL.abort, 0, rank + 1);
    Atomics.notify(words, recordWord(rank, RECORD.arrived));
  }
  enter(failure === null ? PRESENCE.left : PRESENCE.failed);
  return failure;
}
