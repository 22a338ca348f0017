import { findWorkerThreads } from "../../src/workers/find_worker_threads.ts";
import { openPort } from "../../src/workers/open_port.ts";

/**
 * A worker to try things with. It answers `{ kind }`:
 * ping → pong; look → what it sees of `module` and `memory`; wait, spin → sits in a loop until the first word of `memory` is not 0;
 * throw, reject, trap, exit, close → what the names say.
 */
export const trialSource: string = `
${findWorkerThreads}
${openPort}
const port = ${openPort.name}();
port.onMessage(({ kind, module, memory }) => {
  if (kind === "ping") port.post({ kind: "pong" });
  if (kind === "look") {
    port.post({
      kind: "seen",
      exports: WebAssembly.Module.exports(module).map(({ name }) => name),
      isShared: memory.buffer instanceof SharedArrayBuffer,
      word: Atomics.add(new Int32Array(memory.buffer), 1, 1),
    });
  }
  if (kind === "wait" || kind === "spin") {
    const words = new Int32Array(memory.buffer);
    port.post({ kind });
    while (Atomics.load(words, 0) === 0) if (kind === "wait") Atomics.wait(words, 0, 0, 100);
    port.post({ kind: "stopped" });
  }
  if (kind === "throw") throw new RangeError("thrown in a worker");
  if (kind === "reject") Promise.reject(new RangeError("rejected in a worker"));
  if (kind === "trap") new WebAssembly.Instance(module).exports.trap();
  if (kind === "exit") globalThis.process.exit(3);
  if (kind === "close") globalThis.close();
});
`;

/** `(module (func (export "trap") unreachable))` */
export const trapModuleBytes: Uint8Array<ArrayBuffer> = new Uint8Array([
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0],
  ...[7, 8, 1, 4, 116, 114, 97, 112, 0, 0, 10, 5, 1, 3, 0, 0, 11],
]);
