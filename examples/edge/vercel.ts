/**
 * On Vercel's edge runtime: put it into a project as api/index.ts, with rewrites from `/`, `/predict` and `/healthz`, and
 * `npx vercel deploy`. Vercel compiles WebAssembly only when a function is deployed: `?module` asks for it.
 *
 * @module
 */
// @ts-types="./wasm_module.d.ts"
import kernels from "../../src/edge/kernels.wasm?module"; // in your project: "@retroprop/retroprop/edge/kernels.wasm?module"
import { load } from "retroprop/edge";
import { createHandler } from "./handler.ts";
import { bytes } from "./model.ts";

export const config = { runtime: "edge" };

export default createHandler(load(bytes, { module: kernels }));
