/**
 * In a web page: one draws a digit with the mouse, and the model beside the page says which it is. Nothing leaves the browser.
 *
 *   deno run --allow-read=examples/data,site --allow-write=site examples/digits_cnn.ts --compile=site/digits.safetensors
 *   deno bundle --platform=browser --minify -o site/page.js examples/digits/page.ts
 *
 * and examples/digits/page.html beside them, on any web server.
 *
 * @module
 */
import { load } from "retroprop/edge/blocks";
import { toDigit } from "./to_digit.ts";

/** What the page needs of the browser's types. */
interface Context {
  lineWidth: number;
  lineCap: string;
  lineJoin: string;
  beginPath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  stroke(): void;
  clearRect(x: number, y: number, width: number, height: number): void;
  getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
  createImageData(width: number, height: number): { readonly data: Uint8ClampedArray };
  putImageData(image: { readonly data: Uint8ClampedArray }, x: number, y: number): void;
}

interface Element extends EventTarget {
  textContent: string;
  readonly width: number;
  readonly height: number;
  getContext(kind: "2d", options?: object): Context;
}

interface Pointer extends Event {
  readonly buttons: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

const { document: page } = globalThis as unknown as { document: { querySelector(selector: string): Element } };
const paper = page.querySelector("#paper");
const seen = page.querySelector("#seen");
const answer = page.querySelector("output");
const pen = paper.getContext("2d", { willReadFrequently: true });
pen.lineWidth = 24;
pen.lineCap = pen.lineJoin = "round";

answer.textContent = "…";
const model = await load(fetch("digits.safetensors"));
answer.textContent = "Draw above.";

/** Shows what the model sees, and what it says. */
function show(): void {
  const { data } = pen.getImageData(0, 0, paper.width, paper.height);
  // The paper is clear and ink is black: how much there is, alpha says.
  const digit = toDigit(data.filter((_, i) => i % 4 === 3), paper.width);
  const image = seen.getContext("2d").createImageData(8, 8);
  for (let i = 0; i < 64; i++) image.data[4 * i + 3] = digit === null ? 0 : 255 * digit[i] / 16;
  seen.getContext("2d").putImageData(image, 0, 0);
  if (digit === null) {
    answer.textContent = "Draw above.";
    return;
  }
  const shares = model.predict(digit) as number[];
  const order = shares.map((_, i) => i).sort((a, b) => shares[b] - shares[a]);
  answer.textContent = order.slice(0, 3).map((i) => `${i} ${(100 * shares[i]).toFixed(1)} %`).join(", ");
}

paper.addEventListener("pointerdown", (event) => {
  const { offsetX, offsetY } = event as Pointer;
  pen.beginPath();
  pen.moveTo(offsetX, offsetY);
  pen.lineTo(offsetX, offsetY);
  pen.stroke();
  show();
});
paper.addEventListener("pointermove", (event) => {
  const { buttons, offsetX, offsetY } = event as Pointer;
  if (buttons === 0) return;
  pen.lineTo(offsetX, offsetY);
  pen.stroke();
  show();
});
page.querySelector("button").addEventListener("click", () => {
  pen.clearRect(0, 0, paper.width, paper.height);
  show();
});
