// Serves a bundled Vercel function in Vercel's edge-runtime: node serve_vercel.mjs <edge-runtime> <bundle> <kernels.wasm> <port>
//
// Vercel's build compiles what is imported with `?module`, and calls the default export; here both are done in the bundle's text.
import { readFileSync } from "node:fs";
import { argv } from "node:process";

const [, , library, bundle, wasm, port] = argv;
const { EdgeRuntime, runServer } = await import(library);
const kernels = new WebAssembly.Module(readFileSync(wasm));
const initialCode = readFileSync(bundle, "utf8")
  .replace(/^import (\w+) from "[^"]*\.wasm\?module";$/m, "const $1 = globalThis.compiledKernels;")
  .replace(
    /export \{[^}]*?(\w+) as default[^}]*\};/,
    'addEventListener("fetch", (event) => event.respondWith($1(event.request)));',
  );
const runtime = new EdgeRuntime({
  initialCode,
  extend: (context) => Object.assign(context, { compiledKernels: kernels }),
});
await runServer({ runtime, port: Number(port), host: "127.0.0.1" });
