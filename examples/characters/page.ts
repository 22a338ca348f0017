/**
 * In a web page: one begins a text, and the model beside the page continues it character by character. Nothing leaves the browser.
 *
 *   deno run --allow-read=examples/data,site --allow-write=site examples/character_model.ts --compile=site/characters.safetensors
 *   deno bundle --platform=browser --minify -o site/page.js examples/characters/page.ts
 *
 * and examples/characters/page.html beside them, on any web server.
 *
 * @module
 */
import { loadStepper } from "retroprop/edge/sequences";
import { continueText, type Reader } from "./continue_text.ts";

/** What the page needs of the browser's types. */
interface Element extends EventTarget {
  textContent: string;
  value: string;
  disabled: boolean;
}

const { document: page } = globalThis as unknown as { document: { querySelector(selector: string): Element } };
const start = page.querySelector("#start");
const temperature = page.querySelector("#temperature");
const button = page.querySelector("button");
const written = page.querySelector("output");

const stepper = await loadStepper(fetch("characters.safetensors"));
const alphabet = stepper.outputs[0].labels ?? [];
const shares = new Float32Array(alphabet.length);
const reader: Reader = {
  step(character) {
    stepper.run(Float32Array.of(character), shares);
    return shares;
  },
  reset: () => stepper.reset(),
};
button.disabled = false;

/** Which of the texts is the newest: the one before it stops where it is. */
let turn = 0;

/** Writes a text, a few characters a frame, so that one sees it grow. */
async function write(): Promise<void> {
  const mine = ++turn;
  written.textContent = start.value;
  try {
    const writing = {
      alphabet,
      start: start.value,
      count: 500,
      temperature: Number(temperature.value),
      random: Math.random,
    };
    let characters = 0;
    for (const character of continueText(reader, writing)) {
      written.textContent += character;
      if (++characters % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 16));
      if (mine !== turn) return;
    }
  } catch (error) {
    written.textContent = (error as Error).message;
  }
}

button.addEventListener("click", write);
