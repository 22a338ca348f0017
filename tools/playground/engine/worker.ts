/**
 * The worker of the playground: a classic one, since only such a worker starts from a blob in a page that was opened as a file.
 *
 * @module
 */
import type { Reply, Request } from "../protocol.ts";
import { Engine } from "./engine.ts";
import { listTransfers } from "./list_transfers.ts";

/** What is used of a worker's global object. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<Request>) => void) | null;
  postMessage(reply: Reply, transfer: ArrayBuffer[]): void;
}

const scope = globalThis as unknown as WorkerScope;
const turns = new MessageChannel();
const waiting: (() => void)[] = [];
turns.port1.onmessage = () => waiting.shift()?.();

const engine = new Engine({
  send: (reply) => scope.postMessage(reply, listTransfers(reply)),
  later(task, delay) {
    if (delay > 0) return void setTimeout(task, delay);
    // Not a timer, which browsers hold back for 4 ms.
    waiting.push(task);
    turns.port2.postMessage(null);
  },
  now: () => performance.now(),
});

scope.onmessage = ({ data }) => engine.handle(data);
