/**
 * On Deno, without any permission: `deno serve examples/edge/deno.ts`, on all cores `deno serve --parallel examples/edge/deno.ts`.
 *
 * On Deno Deploy: `deployctl deploy --project=NAME examples/edge/deno.ts`.
 *
 * @module
 */
import { load } from "retroprop/edge";
import { createHandler } from "./handler.ts";
import { bytes } from "./model.ts";

/** Portable numerics give the same bits on every platform. Leave it out for speed: large models gain up to a half. */
const model = load(bytes, { numerics: "portable" });

export default { fetch: createHandler(model) } satisfies Deno.ServeDefaultExport;
