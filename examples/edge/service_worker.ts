/**
 * In a service worker: the page calls `/iris/predict` as if there were a server, on line or off line.
 *
 * `deno bundle --platform=browser --minify -o service_worker.js examples/edge/service_worker.ts`, put it at the top of the web site, and in the
 * page: `navigator.serviceWorker.register("/service_worker.js")`.
 *
 * @module
 */
import { load } from "retroprop/edge";
import { createHandler } from "./handler.ts";
import { bytes } from "./model.ts";

/** What a service worker has and Deno's types do not know. */
interface Scope {
  readonly location: { readonly origin: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(
    type: "install" | "activate",
    listener: (event: { waitUntil(work: Promise<void>): void }) => void,
  ): void;
  addEventListener(
    type: "fetch",
    listener: (event: { readonly request: Request; respondWith(response: Promise<Response>): void }) => void,
  ): void;
}

const scope = globalThis as unknown as Scope;
const handle = createHandler(load(bytes, { numerics: "portable" }), { base: "/iris" });

scope.addEventListener("install", (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));
scope.addEventListener("fetch", (event) => {
  if (event.request.url.startsWith(`${scope.location.origin}/iris/`)) event.respondWith(handle(event.request));
});
