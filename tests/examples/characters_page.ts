/**
 * The page that continues a text, in Chromium: `deno test -A tests/examples/characters_page.ts`. Skipped where there is no Chromium.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { main } from "../../examples/character_model.ts";
import { findRuntimes } from "../runtimes/find_runtimes.ts";
import { runInChromium } from "../runtimes/run_in_chromium.ts";

const chromium = (await findRuntimes(Deno.args.includes("--install"))).find(({ name }) => name === "chromium")!;

/** Writes into the page in a frame, presses the button, and says what the page has written. */
const SCRIPT = `
const frame = document.createElement("iframe");
frame.src = "/page.html";
await new Promise((resolve) => { frame.onload = resolve; document.body.append(frame); });
const inner = frame.contentDocument;
const [start, button, output] = ["#start", "button", "output"].map((selector) => inner.querySelector(selector));
const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
while (button.disabled) await pause();
start.value = "?!";
button.click();
const answers = [output.textContent];
inner.querySelector("#temperature").value = "0.2";
start.value = "the c";
button.click();
while (output.textContent.length < 505) await pause();
answers.push(output.textContent);
await fetch("/result", { method: "POST", body: JSON.stringify(answers) });
`;

Deno.test({
  name: `characters: a page that continues a text${
    chromium.missing === undefined ? "" : ` (skipped: ${chromium.missing})`
  }`,
  ignore: chromium.missing !== undefined,
  fn: async () => {
    const folder = await Deno.makeTempDir({ dir: "/tmp" });
    try {
      await Deno.writeTextFile(`${folder}/text.txt`, "the cat sat on the mat. the dog sat on the log.\n".repeat(60));
      const flags = ["--steps=150", "--lr=0.02", "--units=32", "--batch=8", "--length=32", "--quiet"];
      await main([`--text=${folder}/text.txt`, `--compile=${folder}/characters.safetensors`, ...flags], () => {});
      const page = "examples/characters/page.ts";
      const args = ["bundle", "--platform=browser", "--minify", "-o", `${folder}/page.js`, page];
      const { success, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
      assertEquals(success, true, new TextDecoder().decode(stderr));
      const site = new Map<string, string | Uint8Array<ArrayBuffer>>([
        ["script.js", SCRIPT],
        ["page.html", await Deno.readTextFile("examples/characters/page.html")],
        ["page.js", await Deno.readTextFile(`${folder}/page.js`)],
        ["characters.safetensors", await Deno.readFile(`${folder}/characters.safetensors`)],
      ]);
      const said = await runInChromium(chromium.command, site, { isIsolated: false, subject: "", timeoutMs: 60_000 });
      const [refused, written] = JSON.parse(said) as string[];
      assert(refused.includes("must begin with a character that the model knows"), refused);
      assertEquals(written.length, 505);
      assert(/^the (cat|c)/.test(written) && / sat on the (mat|log)\.\s/.test(written), written);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
