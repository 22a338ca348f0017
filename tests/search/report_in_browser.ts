/**
 * The page of a report in Chromium: `deno test -A tests/search/report_in_browser.ts`. Skipped, with the reason in the name, where there
 * is none.
 *
 * @module
 */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { findRuntimes } from "../runtimes/find_runtimes.ts";
import { inFolder } from "../files/in_folder.ts";
import { makeResult } from "./make_result.ts";
import { makeTrial } from "./make_trial.ts";

const chromium = (await findRuntimes(false)).find(({ name }) => name === "chromium")!;

/** The page as Chromium has it when its script has run. */
async function render(html: string): Promise<string> {
  let dom = "";
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/report.html`, html);
    const flags = ["--headless", "--no-sandbox", "--disable-gpu", `--user-data-dir=${folder}/profile`];
    const args = [...flags, "--virtual-time-budget=3000", "--dump-dom", `file://${folder}/report.html`];
    const { stdout } = await new Deno.Command(chromium.command[0], { args, stdin: "null", stderr: "null" }).output();
    dom = new TextDecoder().decode(stdout);
  });
  return dom;
}

Deno.test({
  name: `a report opens from a file and draws every chart${chromium.missing ? ` (skipped: ${chromium.missing})` : ""}`,
  ignore: chromium.missing !== undefined,
  async fn() {
    const trials = Array.from(
      { length: 8 },
      (_, id) => makeTrial(id, { params: { hidden: id % 4, rate: id < 4 ? 0.1 : 1 } }),
    );
    const failed = makeTrial(8, { status: "failed", score: null, history: {}, reason: "loss is NaN" });
    const dom = await render((await makeResult([...trials, failed])).report());
    for (const title of ["Parallel coordinates", "Heat map", "Learning curves", "Importance", "Trials", "Settings"]) {
      assertMatch(dom, new RegExp(`<h2>${title}`));
    }
    // Parallel coordinates and curves have a path a trial; the best has another.
    assertEquals(dom.match(/<path aria-label="trial \d"/g)?.length, 2 * 8);
    assertEquals(dom.match(/<tr class="(best|done|failed)"/g)?.length, 9);
    assertStringIncludes(dom, "loss is NaN");
  },
});

Deno.test({
  name: `hostile names stay text${chromium.missing ? ` (skipped: ${chromium.missing})` : ""}`,
  ignore: chromium.missing !== undefined,
  async fn() {
    const evil = '</script><script>document.title="taken"</script><img src=x onerror=\'document.title="taken"\'>';
    const trials = [0, 1, 2].map((id) =>
      makeTrial(id, { params: { [evil]: id % 2 ? evil : 1 }, reason: evil, history: { [evil]: [1, 2, id] } })
    );
    const options = { space: { [evil]: [evil, 1] }, monitor: evil, settings: { [evil]: evil } };
    const dom = await render((await makeResult(trials, options)).report());
    assertStringIncludes(dom, "<title>Hyper-parameter search</title>");
    assertStringIncludes(dom, "&lt;img src=x");
    assertEquals(dom.match(/<(img|script)\b/g)?.filter((tag) => tag === "<img").length, 0);
    assertMatch(dom, /<h2>Parallel coordinates/);
  },
});
