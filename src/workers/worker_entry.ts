/**
 * Where a worker begins. `deno task build` bundles this file and all it imports into gen/worker_source.ts; nothing else imports it.
 *
 * @module
 */
import { openPort } from "./open_port.ts";
import { handleMessage } from "./worker_main.ts";
import type { ToWorker } from "./worker_messages.ts";

const port = openPort();
port.onMessage((message) => handleMessage(message as ToWorker, port));
