import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { workerSource } from "../../src/workers/gen/worker_source.ts";
import { startWorker } from "../../src/workers/start_worker.ts";
import type { StartedWorker } from "../../src/workers/started_worker.ts";
import { trapModuleBytes, trialSource } from "./trial_source.ts";

const makeMemory = (): WebAssembly.Memory => new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true });

/** The first thing that `listen` hands on; rejects after 5 s. */
async function first<T>(listen: (handler: (item: T) => void) => void): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const timer = setTimeout(() => reject(new Error("nothing came within 5 s")), 5000);
  listen(resolve);
  return await promise.finally(() => clearTimeout(timer));
}

const nextMessage = (worker: StartedWorker): Promise<unknown> => first((handler) => worker.onMessage(handler));
const nextError = (worker: StartedWorker): Promise<Error> => first((handler) => worker.onError(handler));

Deno.test("a worker answers, and what it said before anybody listened is kept", async () => {
  const worker = startWorker(trialSource, { name: "trial" });
  worker.post({ kind: "ping" });
  assertEquals(await nextMessage(worker), { kind: "pong" });
  const eager = startWorker(`${trialSource}; port.post("first"); port.post("second");`, { name: "eager" });
  eager.post({ kind: "ping" });
  await new Promise((resolve) => setTimeout(resolve, 200));
  const heard: unknown[] = [];
  await first((handler) =>
    eager.onMessage((message) => {
      heard.push(message);
      if (heard.length === 3) handler(message);
    })
  );
  assertEquals(heard, ["first", "second", { kind: "pong" }]);
  worker.terminate();
  eager.terminate();
});

Deno.test("a module and a shared memory reach the worker uncopied", async () => {
  const worker = startWorker(trialSource, { name: "trial" });
  const memory = makeMemory();
  const words = new Int32Array(memory.buffer);
  words[1] = 41;
  worker.post({ kind: "look", memory, module: new WebAssembly.Module(trapModuleBytes) });
  assertEquals(await nextMessage(worker), { kind: "seen", exports: ["trap"], isShared: true, word: 41 });
  assertEquals(words[1], 42);
  assertThrows(() => worker.post(() => {}), Error, "could not be cloned");
  worker.terminate();
});

const endings = {
  throw: "thrown in a worker",
  reject: "rejected in a worker",
  trap: "unreachable",
  exit: "ended unasked, with code 3",
  close: "ended unasked, with code 0",
};
for (const [kind, expected] of Object.entries(endings)) {
  Deno.test(`${kind} in a worker reaches onError, also when nothing keeps the process alive but a timer`, async () => {
    const worker = startWorker(trialSource, { name: "trial" });
    worker.unref();
    const start = performance.now();
    worker.post({ kind, module: new WebAssembly.Module(trapModuleBytes) });
    const errors: Error[] = [];
    worker.onError((error) => errors.push(error));
    while (errors.length === 0 && performance.now() - start < 5000) await new Promise((done) => setTimeout(done, 10));
    // One error, not another one for the end that follows.
    await new Promise((done) => setTimeout(done, 50));
    assertEquals(errors.length, 1);
    assert(errors[0] instanceof Error);
    assertStringIncludes(errors[0].message, expected);
    worker.terminate();
  });
}

Deno.test("a source that does not parse reaches onError", async () => {
  const worker = startWorker("let let = 1;", { name: "broken" });
  assertStringIncludes((await nextError(worker)).message, "let");
  worker.terminate();
});

Deno.test("a waiting worker leaves its loop, and after terminate nothing is heard of it", async () => {
  const worker = startWorker(trialSource, { name: "trial" });
  const memory = makeMemory();
  worker.post({ kind: "wait", memory });
  assertEquals(await nextMessage(worker), { kind: "wait" });
  const words = new Int32Array(memory.buffer);
  Atomics.store(words, 0, 1);
  Atomics.notify(words, 0);
  assertEquals(await nextMessage(worker), { kind: "stopped" });
  const heard: unknown[] = [];
  worker.onMessage((message) => heard.push(message));
  worker.onError((error) => heard.push(error));
  worker.post({ kind: "ping" });
  worker.terminate();
  worker.terminate();
  worker.post({ kind: "ping" });
  await new Promise((resolve) => setTimeout(resolve, 100));
  assertEquals(heard, []);
});

Deno.test("the generated program starts, and says what went wrong when its module serves nothing", async () => {
  const worker = startWorker(workerSource, { name: "rank 1" });
  const module = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
  worker.post({ kind: "attach", module, memory: makeMemory(), control: 0, rank: 1 });
  const { kind, rank, error } = await nextMessage(worker) as Record<string, unknown>;
  assertEquals([kind, rank], ["left", 1]);
  assertStringIncludes(String(error), "TypeError");
  worker.terminate();
});
