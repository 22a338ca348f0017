/**
 * On Node 20 and later: `deno bundle -o edge.mjs examples/edge/node.ts && node edge.mjs`.
 *
 * @module
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { Readable } from "node:stream";
import { load } from "retroprop/edge";
import { createHandler } from "./handler.ts";
import { bytes } from "./model.ts";

const handle = createHandler(load(bytes, { numerics: "portable" }));

/** Turns Node's request into one of the Fetch API. */
function toRequest(message: IncomingMessage): Request {
  const headers = new Headers();
  for (let i = 0; i < message.rawHeaders.length; i += 2) {
    headers.append(message.rawHeaders[i], message.rawHeaders[i + 1]);
  }
  const method = message.method ?? "GET";
  const hasBody = method !== "GET" && method !== "HEAD";
  const body = hasBody ? Readable.toWeb(message) as ReadableStream<Uint8Array<ArrayBuffer>> : null;
  const path = message.url?.startsWith("/") ? message.url : "/";
  return new Request(`http://localhost${path}`, { method, headers, body, duplex: "half" } as RequestInit);
}

async function respond(message: IncomingMessage, target: ServerResponse): Promise<void> {
  const response = await handle(toRequest(message));
  const body = new Uint8Array(await response.arrayBuffer());
  // What has not been read of a refused body is not worth waiting for.
  const end = message.complete ? {} : { connection: "close" };
  const length = response.status === 204 || response.status === 304 ? {} : { "content-length": body.length };
  target.writeHead(response.status, { ...Object.fromEntries(response.headers), ...length, ...end });
  target.end(body);
}

const server = createServer((message, target) => {
  respond(message, target).catch(() => target.headersSent ? target.destroy() : target.writeHead(400).end());
});
server.listen(Number(process.env.PORT ?? 8000), () => {
  console.log(`Listening on port ${(server.address() as AddressInfo).port}`);
});
