/**
 * Reading images, beside what the libraries take to unpack them: `readImage` of a JPEG file of 224 × 224 pixels, and a pass over an `imageFolder` of
 * 1,000 PNG files of 64 × 64, files and all.
 *
 * Usage: `deno run -A bench/images.ts [rounds]` (15 by default). In every round both take turns. Others on the same cores, and the collection of
 * garbage, which falls on one or the other, make single times swing; so runs are taken 20 by 20, and a figure is the best of these medians.
 * A pass over a folder is one run, and its figure the best.
 *
 * @module
 */
import { imageFolder, readImage } from "../src/image/image.ts";
import { loadDecoders } from "../src/image/load_decoders.ts";
import { decode, encode } from "../tools/packages/fast_png.ts";
import createDecoder from "../tools/packages/mozjpeg.ts";
import { formatFigure } from "./lib/format_figure.ts";
import { printReport } from "./lib/print_report.ts";
import { summarize } from "./lib/summarize.ts";

const ROUNDS = Number(Deno.args[0] ?? 15);
const WINDOW = 20;
const FILES = 1000;
const SIDE = 64;

/** The time of one run, in milliseconds. */
async function time(act: () => unknown): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

/** The best medians of two that take turns. */
async function race(first: () => unknown, second: () => unknown, window: number): Promise<[number, number]> {
  const best: [number, number] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, act] of [first, second].entries()) {
      const samples: number[] = [];
      for (let run = 0; run < window; run++) samples.push(await time(act));
      best[i] = Math.min(best[i], summarize(samples).median);
    }
  }
  return best;
}

/** A file as a painting program would write it: areas, edges and a little noise. */
function drawPng(seed: number): Uint8Array {
  const data = new Uint8Array(SIDE * SIDE * 3);
  for (let i = 0; i < data.length; i++) {
    const [x, y, k] = [Math.floor(i / 3) % SIDE, Math.floor(i / 3 / SIDE), i % 3];
    const inside = Math.hypot(x - 20 - seed % 24, y - 32) < 15;
    data[i] = (inside ? 180 : 70) + 40 * Math.sin((x + seed) / (7 + k)) + (Math.imul(i + seed, 2654435761) >>> 29);
  }
  return encode({ width: SIDE, height: SIDE, channels: 3, data });
}

const jpeg = await Deno.readFile(new URL("images/photo.jpg", import.meta.url));
const wasm = await new Response(
  new Blob([Uint8Array.fromBase64((await loadDecoders()).jpegWasm)]).stream().pipeThrough(
    new DecompressionStream("deflate-raw"),
  ),
).arrayBuffer();
// deno-lint-ignore no-explicit-any
const decoder: any = await createDecoder({ wasmBinary: wasm, noInitialRun: true } as never);
const [jpegLibrary, jpegOwn] = await race(() => decoder.decode(jpeg, false), () => readImage(jpeg), WINDOW);

const folder = await Deno.makeTempDir({ dir: "/tmp" });
const files: Uint8Array[] = [];
for (let i = 0; i < FILES; i++) {
  const path = `${folder}/${i % 10}`;
  await Deno.mkdir(path, { recursive: true });
  files.push(drawPng(i));
  await Deno.writeFile(`${path}/${i}.png`, files[i]);
}
const images = await imageFolder(folder);
const unpackAll = (): void => files.forEach((bytes) => void decode(bytes));
const readAll = async (): Promise<void> => {
  let count = 0;
  for await (const { x } of images) count += x.shape[0];
  if (count !== FILES) throw new Error(`${count} images`);
};
const [pngLibrary, pngOwn] = await race(unpackAll, readAll, 1);
await Deno.remove(folder, { recursive: true });

const figures = {
  "image jpeg ms": jpegOwn,
  "image jpeg of decoding": jpegOwn / jpegLibrary,
  "image folder ms": pngOwn,
  "image folder of decoding": pngOwn / pngLibrary,
};
printReport({
  benchmark: "images",
  tables: [{
    title: `Images, beside unpacking alone (${ROUNDS} rounds)`,
    header: ["what", "ours, ms", "library alone, ms", "ours over library"],
    rows: [
      ["readImage, JPEG 224×224 (MozJPEG)", jpegOwn, jpegLibrary],
      [`imageFolder, ${FILES} PNGs ${SIDE}×${SIDE} (fast-png)`, pngOwn, pngLibrary],
    ].map(([what, own, library]) => [
      String(what),
      formatFigure(Number(own)),
      formatFigure(Number(library)),
      formatFigure(Number(own) / Number(library)),
    ]),
  }],
  figures,
});
