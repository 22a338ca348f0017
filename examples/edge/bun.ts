/**
 * On Bun: `deno bundle -o edge.js examples/edge/bun.ts && bun edge.js`; in a project with the package installed, `bun bun.ts`.
 *
 * @module
 */
import { load } from "retroprop/edge";
import { createHandler } from "./handler.ts";
import { bytes } from "./model.ts";

interface Bun {
  serve(options: { port: number; fetch: (request: Request) => Promise<Response> }): { port: number };
  env: Record<string, string | undefined>;
}

const { Bun: bun } = globalThis as unknown as { Bun: Bun };
const { port } = bun.serve({
  port: Number(bun.env.PORT ?? 8000),
  fetch: createHandler(load(bytes, { numerics: "portable" })),
});
console.log(`Listening on port ${port}`);
