import { assertEquals, assertStringIncludes } from "@std/assert";
import { canStartWorkers } from "../../src/workers/can_start_workers.ts";

const { Atomics, SharedArrayBuffer, WebAssembly, Worker } = globalThis;
const page = { Atomics, SharedArrayBuffer, WebAssembly, Worker, crossOriginIsolated: true };
const threads = { getBuiltinModule: (id: string): unknown => id === "node:worker_threads" ? { Worker } : undefined };

Deno.test("workers can be started here, and on a page that is isolated", () => {
  assertEquals(canStartWorkers(), { ok: true });
  assertEquals(canStartWorkers(page), { ok: true });
});

Deno.test("with node:worker_threads isolation says nothing", () => {
  assertEquals(canStartWorkers({ ...page, process: threads, crossOriginIsolated: false }), { ok: true });
  assertEquals(canStartWorkers({ ...page, process: threads, Worker: undefined }), { ok: true });
});

const refusals: Record<string, [scope: object, reason: string, cure: string]> = {
  "a page without isolation": [
    { ...page, crossOriginIsolated: false, SharedArrayBuffer: undefined },
    "not cross-origin isolated",
    "Cross-Origin-Embedder-Policy: require-corp",
  ],
  "a runtime without SharedArrayBuffer": [
    { ...page, crossOriginIsolated: undefined, SharedArrayBuffer: undefined },
    "no SharedArrayBuffer",
    "Deno",
  ],
  "an old Node": [
    { ...page, Worker: undefined, crossOriginIsolated: undefined, process: { versions: { node: "20.10.0" } } },
    "Node 20.10.0",
    "20.16",
  ],
  "a runtime without workers": [{ ...page, Worker: undefined }, "no workers", "Deno"],
  "a runtime without shared memories": [
    {
      ...page,
      WebAssembly: {
        Memory: class {
          constructor() {
            throw new TypeError("shared is not supported");
          }
        },
      },
    },
    "shared is not supported",
    "WebAssembly threads",
  ],
  "a runtime without WebAssembly": [
    { ...page, WebAssembly: undefined },
    "there is no WebAssembly",
    "WebAssembly threads",
  ],
};
for (const [name, [scope, reason, cure]] of Object.entries(refusals)) {
  Deno.test(`canStartWorkers refuses ${name} and names the cure`, () => {
    const support = canStartWorkers(scope);
    if (support.ok) throw new Error("not refused");
    assertStringIncludes(support.reason, reason);
    assertStringIncludes(support.cure, cure);
  });
}
