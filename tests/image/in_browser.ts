/**
 * Images that a browser unpacks itself: `deno test -A tests/image/in_browser.ts`. Skipped where there is no Chromium.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { findRuntimes } from "../runtimes/find_runtimes.ts";
import { runInChromium } from "../runtimes/run_in_chromium.ts";
import { goldenImages } from "./golden_images.ts";

const chromium = (await findRuntimes(Deno.args.includes("--install"))).find(({ name }) => name === "chromium")!;
const DIST = ["image.js", "mod.js", "file_format_error.js", "image_decoders.js"];

const SCRIPT = `
import { FileFormatError, readImage } from "/dist/image.js";
const read = async ({ name, base64 }) => {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  try {
    const { shape, data } = await readImage(bytes);
    return { name, shape, data: Array.from(data) };
  } catch (error) {
    return { name, refused: error instanceof FileFormatError, message: error.message };
  }
};
const all = [];
for (const file of FILES) all.push(await read(file));
const loaded = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.includes("decoders"));
await fetch("/result", { method: "POST", body: JSON.stringify({ all, loaded }) });
`;

Deno.test({
  name: `readImage in Chromium${chromium.missing === undefined ? "" : ` (skipped: ${chromium.missing})`}`,
  ignore: chromium.missing !== undefined,
  fn: async () => {
    const damaged = goldenImages.slice(-3).map(({ name, bytes }) => ({
      name: `half of ${name}`,
      bytes: bytes.slice(0, 400),
    }));
    const files = [...goldenImages, ...damaged].map(({ name, bytes }) => ({ name, base64: bytes.toBase64() }));
    const site = new Map([["script.js", `const FILES = ${JSON.stringify(files)};\n${SCRIPT}`]]);
    for (const name of DIST) site.set(`dist/${name}`, await Deno.readTextFile(`dist/${name}`));
    const said = await runInChromium(chromium.command, site, { isIsolated: false, subject: "", timeoutMs: 60_000 });
    const { all, loaded } = JSON.parse(said);
    assertEquals(loaded, [], "the platform unpacks images, so that the libraries are not loaded");
    for (const { name, bytes: _, shape, rgb, rgba } of goldenImages) {
      const found = all.find((each: { name: string }) => each.name === name);
      if (name === "jpeg CMYK") {
        assertEquals(found.refused, true, name);
        continue;
      }
      assertEquals(found.shape, [...shape, 3], `${name}: ${found.message}`);
      // Where alpha is 0, a canvas has no colour; where it is small, it has few. Two decoders of JPEG round differently.
      const most = name.startsWith("jpeg") ? 6 : 0;
      const differences = found.data.map((value: number, i: number) => {
        return rgba[Math.floor(i / 3) * 4 + 3] < 255 ? 0 : Math.abs(value - rgb[i]);
      });
      assert(Math.max(...differences) <= most, `${name}: ${Math.max(...differences)}`);
    }
    for (const { name } of damaged) {
      assertEquals(all.find((each: { name: string }) => each.name === name).refused, true, name);
    }
  },
});
