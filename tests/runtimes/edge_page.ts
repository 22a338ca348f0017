/**
 * Runs in a page of Chromium, behind a line that defines `edgeModels` and `edgeSamples`: predicts in the page, looks at examples/edge/page.html in
 * a frame, asks the service worker, and posts one line of JSON to /result.
 *
 * @module
 */
import { askFunction, type Observed } from "./edge_client.ts";
import { type Probed, probeEngines, type ProbeModel } from "./edge_probe.ts";

/** What was found in the browser. */
export interface PageResult {
  readonly probed: Probed;
  /** What the page says at first, and after the petals have been made larger. */
  readonly said: readonly string[];
  readonly observed: Observed;
}

/** What this file needs of the browser's types. */
interface Scope {
  readonly edgeModels: readonly ProbeModel[];
  readonly edgeSamples: readonly number[];
  // deno-lint-ignore no-explicit-any
  readonly document: any;
  readonly navigator: {
    serviceWorker: EventTarget & {
      register(url: string): Promise<unknown>;
      ready: Promise<unknown>;
      controller: unknown;
    };
  };
}

const { edgeModels, edgeSamples, document, navigator } = globalThis as unknown as Scope;

async function lookAtPage(): Promise<string[]> {
  const frame = document.createElement("iframe");
  frame.src = "/page.html";
  await new Promise((resolve) => {
    frame.onload = resolve;
    document.body.append(frame);
  });
  const inner = frame.contentDocument;
  const first = inner.querySelector("output").textContent;
  inner.querySelectorAll("input")[2].value = "6";
  inner.querySelectorAll("input")[3].value = "2.2";
  inner.querySelector("form").dispatchEvent(new Event("input"));
  return [first, inner.querySelector("output").textContent];
}

async function askServiceWorker(): Promise<Observed> {
  const workers = navigator.serviceWorker;
  await workers.register("/service_worker.js");
  await workers.ready;
  if (workers.controller === null) {
    await new Promise((resolve) => workers.addEventListener("controllerchange", resolve, { once: true }));
  }
  return await askFunction("/iris", Float32Array.from(edgeSamples));
}

async function run(): Promise<PageResult> {
  return { probed: probeEngines(edgeModels), said: await lookAtPage(), observed: await askServiceWorker() };
}

const result = await run().catch((error) => ({ error: `${error}\n${error.stack}` }));
await fetch("/result", { method: "POST", body: JSON.stringify(result) });
