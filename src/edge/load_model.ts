import { hasRelaxedSimd } from "../kernels/features.ts";
import type { Numerics } from "../kernels/numerics.ts";
import { EdgeModel } from "./edge_model.ts";
import type { Engine } from "./engine.ts";
import { createJavascriptEngine } from "./javascript_engine.ts";
import { type EdgePlan, planModel } from "./plan.ts";
import { failRead } from "./read_compiled.ts";
import type { Runtime } from "./runtime.ts";
import { unmarkModule } from "../kernels/unmark_module.ts";
import { createWasmEngine } from "./wasm_engine.ts";

/** Options of `load`. */
export interface EdgeLoadOptions {
  /** A ready module, `kernels.wasm` of the entry that `load` comes from, for runtimes that refuse to compile bytes. */
  module?: WebAssembly.Module;
  /** `"fast"` (default): fused multiply-add where the runtime has it; `"portable"`: the same bits on every machine. */
  numerics?: Numerics;
  /** `"auto"` (default): WebAssembly, or JavaScript where there is none; `"javascript"`: always JavaScript. */
  engine?: "auto" | "javascript";
  /** The longest file that a Response, stream or URL may give, in bytes. Default 2^28. */
  maxBytes?: number;
}

/** Where a model may come from when it has to be waited for. */
export type AsyncSource =
  | Response
  | ReadableStream<Uint8Array>
  | URL
  | PromiseLike<Response | Uint8Array | ArrayBuffer>;

/** Loads a model for `load` of an entry: at once from bytes, or as a promise from what has to be waited for. */
export function loadModel(
  runtime: Runtime,
  source: Uint8Array | ArrayBuffer | AsyncSource,
  options?: EdgeLoadOptions,
): EdgeModel | Promise<EdgeModel> {
  return openSource(source, options, (bytes, options) => {
    const plan = planModel(bytes, runtime);
    return new EdgeModel(plan, createEngine(plan, options));
  });
}

/** Makes something of the bytes of a source: at once, or as a promise where they have to be waited for. */
export function openSource<T>(
  source: Uint8Array | ArrayBuffer | AsyncSource,
  options: EdgeLoadOptions = {},
  open: (bytes: Uint8Array, options: EdgeLoadOptions) => T,
): T | Promise<T> {
  checkOptions(options);
  if (source instanceof Uint8Array) return open(source, options);
  if (source instanceof ArrayBuffer) return open(new Uint8Array(source), options);
  return readAll(source, options.maxBytes ?? 2 ** 28).then((bytes) => open(bytes, options));
}

/** The options, each with what it must be. */
const OPTIONS: Readonly<Record<string, string>> = {
  module: "a WebAssembly.Module",
  numerics: "fast or portable",
  engine: "auto or javascript",
  maxBytes: "a number > 0",
};

function checkOptions(options: EdgeLoadOptions): void {
  const prototype = Object.getPrototypeOf(options ?? "");
  if (typeof options !== "object" || prototype && prototype.constructor?.name !== "Object") {
    fail("options must be a plain object");
  }
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(OPTIONS, name)) {
      fail(`unknown option ${JSON.stringify(name)}; options are ${Object.keys(OPTIONS).join(", ")}`);
    }
    const rule = OPTIONS[name];
    const good = name === "module"
      // Not instanceof: Vercel's functions get modules of another realm.
      ? Object.prototype.toString.call(value) === "[object WebAssembly.Module]"
      : name === "maxBytes"
      ? value > 0
      : typeof value === "string" && rule.split(" or ").includes(value);
    if (value !== undefined && !good) fail(`${name} must be ${rule}`);
  }
}

function fail(rule: string): never {
  throw new TypeError(`Cannot load compiled model: ${rule}`);
}

/** The engine that the options ask for. */
export function createEngine(plan: EdgePlan, { module, numerics = "fast", engine }: EdgeLoadOptions): Engine {
  if (module !== undefined) return createWasmEngine(plan, module, "wasm-module");
  if (engine === "javascript" || typeof WebAssembly === "undefined") return createJavascriptEngine(plan);
  const { modules, wasm } = plan.runtime;
  const kind = numerics === "fast" && hasRelaxedSimd() ? "fast" : "portable";
  try {
    modules[kind] ??= new WebAssembly.Module(unmarkModule(wasm, kind === "fast"));
  } catch {
    // No SIMD, or compiling at run time is not allowed.
    return createJavascriptEngine(plan);
  }
  return createWasmEngine(plan, modules[kind], `wasm-${kind}`);
}

async function readAll(source: AsyncSource, maxBytes: number): Promise<Uint8Array> {
  let given: unknown = await source;
  if (given instanceof URL) given = await fetch(given);
  if (given instanceof Response) {
    if (!given.ok) failRead(`the response must be ok, got status ${given.status}`);
    given = given.body;
  }
  if (given instanceof Uint8Array) return given;
  if (given instanceof ArrayBuffer) return new Uint8Array(given);
  if (!(given instanceof ReadableStream)) {
    fail("source must be bytes, a Response, a ReadableStream, a URL or a promise of these");
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = (given as ReadableStream<Uint8Array>).getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    if (!(next.value instanceof Uint8Array)) fail("a stream must give Uint8Arrays");
    chunks.push(next.value);
    length += next.value.byteLength;
    if (length > maxBytes) {
      reader.cancel().catch(() => {});
      failRead(`the file must have at most ${maxBytes} bytes`);
    }
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
