/**
 * What bench/serve.ts loads: `deno serve --allow-read=<model> bench/serve/server.ts <kind> <model>`. All kinds answer in the same form.
 *
 * @module
 */
import { load } from "retroprop/edge";
import { createHandler } from "../../examples/edge/handler.ts";

const [kind, file] = Deno.args;
const model = load(Deno.readFileSync(file));
const constant = JSON.stringify({ y: model.predict(Array(784).fill(0.5)) });
const headers = { "content-type": "application/json" };

/** How a request is answered, by kind. */
const kinds: Readonly<Record<string, (request: Request) => Response | Promise<Response>>> = {
  // A constant, after the body has arrived. (Deno closes the connection if it is left unread, which takes longer.)
  constant: async (request) => {
    await request.arrayBuffer();
    return new Response(constant, { headers });
  },
  // A constant, after the body has been read as JSON.
  read: async (request) => {
    await request.json();
    return new Response(constant, { headers });
  },
  // The fewest words.
  plain: async (request) => Response.json({ y: model.predict((await request.json()).x) }),
  // The function of examples/edge, with its checks and limits.
  checked: createHandler(model),
};

export default { fetch: kinds[kind] } satisfies Deno.ServeDefaultExport;
