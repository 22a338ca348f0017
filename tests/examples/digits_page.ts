/**
 * The page that one draws a digit into, in Chromium: `deno test -A tests/examples/digits_page.ts`. Skipped where there is no Chromium.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { main } from "../../examples/digits_cnn.ts";
import { findRuntimes } from "../runtimes/find_runtimes.ts";
import { runInChromium } from "../runtimes/run_in_chromium.ts";

const chromium = (await findRuntimes(Deno.args.includes("--install"))).find(({ name }) => name === "chromium")!;

/** Draws with the mouse into the page in a frame, and says what the page answers. */
const SCRIPT = `
const frame = document.createElement("iframe");
frame.src = "/page.html";
frame.width = frame.height = 600;
await new Promise((resolve) => { frame.onload = resolve; document.body.append(frame); });
const inner = frame.contentDocument;
const [paper, output] = [inner.querySelector("#paper"), inner.querySelector("output")];
while (output.textContent !== "Draw above.") await new Promise((resolve) => setTimeout(resolve, 20));
const { left, top } = paper.getBoundingClientRect();
const point = (type, [x, y]) => paper.dispatchEvent(
  new frame.contentWindow.PointerEvent(type, { clientX: left + 1 + x, clientY: top + 1 + y, buttons: type === "pointerup" ? 0 : 1 }),
);
const answers = {};
for (const [name, strokes] of Object.entries(STROKES)) {
  for (const [first, ...rest] of strokes) {
    point("pointerdown", first);
    for (const place of rest) point("pointermove", place);
    point("pointerup", rest.at(-1));
  }
  answers[name] = output.textContent;
  inner.querySelector("button").click();
  if (output.textContent !== "Draw above.") answers[name] += " and was not cleared";
}
await fetch("/result", { method: "POST", body: JSON.stringify(answers) });
`;

type Stroke = readonly (readonly [x: number, y: number])[];

function arc(x: number, y: number, width: number, height: number, from: number, to: number): Stroke {
  return Array.from({ length: 25 }, (_, i) => {
    const angle = from + (to - from) * i / 24;
    return [x + width * Math.cos(angle), y + height * Math.sin(angle)];
  });
}

const STROKES: Readonly<Record<string, readonly Stroke[]>> = {
  "0": [arc(128, 128, 55, 80, 0, 2 * Math.PI)],
  "2": [[...arc(128, 90, 45, 45, Math.PI, 2 * Math.PI + 0.6), [85, 200], [180, 200]]],
  "3": [[...arc(120, 85, 45, 40, -2.5, 1.5), ...arc(120, 165, 50, 42, -1.5, 2.5)]],
  "4": [[[120, 40], [70, 140], [180, 140]], [[150, 100], [150, 210]]],
};

Deno.test({
  name: `digits: a page that one draws into${chromium.missing === undefined ? "" : ` (skipped: ${chromium.missing})`}`,
  ignore: chromium.missing !== undefined,
  fn: async () => {
    const folder = await Deno.makeTempDir({ dir: "/tmp" });
    try {
      await main(["--epochs=8", `--compile=${folder}/digits.safetensors`, "--quiet"], () => {});
      const args = ["bundle", "--platform=browser", "--minify", "-o", `${folder}/page.js`, "examples/digits/page.ts"];
      const { success, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
      assertEquals(success, true, new TextDecoder().decode(stderr));
      const site = new Map<string, string | Uint8Array<ArrayBuffer>>([
        ["script.js", `const STROKES = ${JSON.stringify(STROKES)};\n${SCRIPT}`],
        ["page.html", await Deno.readTextFile("examples/digits/page.html")],
        ["page.js", await Deno.readTextFile(`${folder}/page.js`)],
        ["digits.safetensors", await Deno.readFile(`${folder}/digits.safetensors`)],
      ]);
      const said = await runInChromium(chromium.command, site, { isIsolated: false, subject: "", timeoutMs: 60_000 });
      const answers = Object.entries(JSON.parse(said) as Record<string, string>);
      assertEquals(answers.map(([, answer]) => answer[0]), Object.keys(STROKES), JSON.stringify(answers));
      for (const [name, answer] of answers) assertEquals(answer.includes("cleared"), false, name);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
