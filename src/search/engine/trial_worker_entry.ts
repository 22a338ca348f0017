/**
 * Where a worker of a search begins. `deno task build` bundles this file and all it imports into gen/trial_worker_source.ts; nothing
 * else imports it.
 *
 * @module
 */
import { openPort } from "../../workers/open_port.ts";
import type { ToTrialWorker } from "./trial_messages.ts";
import { createTrialHandler } from "./trial_worker_main.ts";

const port = openPort();
const handle = createTrialHandler((message) => port.post(message));
port.onMessage((message) => handle(message as ToTrialWorker));
