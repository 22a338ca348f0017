/**
 * Runs in every runtime, bundled: tries one thing with a worker, prints one line of JSON and comes to its end. What is tried is the first
 * argument; in a browser the fragment of the page's address, and the line is posted to /result.
 *
 * @module
 */
import { canStartWorkers } from "../../src/workers/can_start_workers.ts";
import { startWorker } from "../../src/workers/start_worker.ts";
import type { StartedWorker } from "../../src/workers/started_worker.ts";
import { trapModuleBytes, trialSource } from "../workers/trial_source.ts";

interface Scope {
  Deno?: { args: string[] };
  process?: { argv: string[]; exit(code: number): never };
  location?: { hash: string };
}

const { Deno: deno, process, location } = globalThis as Scope;
const isPage = process === undefined;
const subject = isPage ? location?.hash.slice(1) : deno ? deno.args[0] : process.argv[2];

async function report(result: unknown): Promise<void> {
  const body = JSON.stringify(result);
  if (isPage) await fetch("/result", { method: "POST", body });
  else console.log(body);
}

function ask(worker: StartedWorker, message: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    worker.onMessage(resolve);
    worker.onError((error) => resolve(error.message));
    worker.post(message);
  });
}

const support = canStartWorkers();
if (!support.ok) {
  await report(support);
} else {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true });
  const worker = startWorker(trialSource, { name: "trial" });
  if (subject === "talk") {
    const module = new WebAssembly.Module(trapModuleBytes);
    const pong = await ask(worker, { kind: "ping" });
    const seen = await ask(worker, { kind: "look", memory, module });
    const thrown = await ask(worker, { kind: "throw" });
    worker.terminate();
    await report({ pong, seen, thrown, word: new Int32Array(memory.buffer)[1] });
  } else {
    // idle, wait, spin: the worker sits there when this file ends, unref'd; with "exit" behind it, the process is told to end.
    const [state, end] = (subject ?? "").split("-");
    const answer = await ask(worker, { kind: state === "idle" ? "ping" : state, memory });
    worker.unref();
    await report({ answer });
    if (end === "exit") process?.exit(0);
  }
}
