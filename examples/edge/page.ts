/**
 * In a web page: nothing leaves the browser. `deno bundle --platform=browser --minify -o page.js examples/edge/page.ts`, and put page.js and
 * page.html on any web server.
 *
 * @module
 */
import { load } from "retroprop/edge";
import { bytes } from "./model.ts";

/** What the page needs of a form and of the place for the answer. */
interface Page {
  querySelector(selector: string): (EventTarget & { textContent: string }) | null;
  querySelectorAll(selector: string): Iterable<{ valueAsNumber: number }>;
}

const { document: page } = globalThis as unknown as { document: Page };
const model = load(bytes, { numerics: "portable" });
const { labels = [] } = model.outputs[0];

function show(): void {
  const x = Array.from(page.querySelectorAll("input"), (input) => input.valueAsNumber);
  const isComplete = x.every(Number.isFinite);
  const y = isComplete ? model.predict(x) as number[] : [];
  const shares = labels.map((label, i) => `${label} ${(100 * y[i]).toFixed(1)} %`);
  page.querySelector("output")!.textContent = isComplete ? shares.join(", ") : "Four numbers, please.";
}

page.querySelector("form")!.addEventListener("input", show);
show();
