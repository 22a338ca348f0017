/**
 * On Cloudflare Workers, which compile WebAssembly only when a worker is deployed: `cd examples/edge && npx wrangler deploy`. What
 * wrangler needs to know is in wrangler.toml.
 *
 * @module
 */
// @ts-types="./wasm_module.d.ts"
import kernels from "retroprop/edge/kernels.wasm";
import { load } from "retroprop/edge";
import { createHandler } from "./handler.ts";
import { bytes } from "./model.ts";

const handle = createHandler(load(bytes, { module: kernels }));

export default { fetch: (request: Request): Promise<Response> => handle(request) };
