/**
 * Workers and training in every runtime: `deno test -A tests/runtimes/matrix.ts`, with `-- --install` to fetch the runtimes that are missing. What cannot be
 * had is skipped, with the reason in the test's name.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { findRuntimes } from "./find_runtimes.ts";
import { runInChromium } from "./run_in_chromium.ts";
import { runInProcess } from "./run_in_process.ts";
import * as library from "../../dist/mod.js";
import { checkTrained, type Trained } from "./train/check_trained.ts";
import { searchGrid } from "./train/search_grid.js";
import { stagePackage, writeSite } from "./train/stage_package.ts";

const TIMEOUT_MS = 30_000;
/** Starting, unref'd workers and all, takes well under a second; one that hangs is killed. */
const END_MS = 5_000;

/** What a worker does when the main module ends → what it says before. */
const endings: Record<string, unknown> = {
  "idle": { kind: "pong" },
  "wait": { kind: "wait" },
  "spin": { kind: "spin" },
  "wait-exit": { kind: "wait" },
  "spin-exit": { kind: "spin" },
};

const talk = {
  pong: { kind: "pong" },
  seen: { kind: "seen", exports: ["trap"], isShared: true, word: 0 },
  word: 1,
};

/** Bundles the probe into a file that every runtime reads. */
async function bundleProbe(): Promise<string> {
  const file = await Deno.makeTempFile({ suffix: ".mjs" });
  const entry = new URL("worker_probe.ts", import.meta.url).pathname;
  const args = ["bundle", "--quiet", "--platform", "browser", "-o", file, entry];
  const { success, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return file;
}

/** Runtimes whose `fast` is `portable`. */
const LACKS_RELAXED_SIMD = ["node", "bun"];

const probe = await bundleProbe();
const site = await stagePackage();
const folder = await writeSite(site);
globalThis.addEventListener("unload", () => {
  Deno.removeSync(probe);
  Deno.removeSync(folder, { recursive: true });
});
const wantedScores: number[] = (await searchGrid(library, 1)).trials.map(({ score }: { score: number }) => score);

for (const { name, command, missing } of await findRuntimes(Deno.args.includes("--install"))) {
  const test = (title: string, fn: () => Promise<void>): void =>
    Deno.test({
      name: `${name}: ${title}${missing ? ` (skipped: ${missing})` : ""}`,
      ignore: missing !== undefined,
      fn,
    });
  const checkTalk = (line: string): void => {
    const { thrown, ...rest } = JSON.parse(line);
    assertEquals(rest, talk);
    assertStringIncludes(thrown, "thrown in a worker");
  };
  if (name === "chromium") {
    const talking = new Map([["script.js", await Deno.readTextFile(probe)]]);
    const training = new Map([...site, ["script.js", 'import "./train.js";']]);
    const open = (isIsolated: boolean, files = talking): Promise<string> =>
      runInChromium(command, files, { isIsolated, subject: "talk", timeoutMs: TIMEOUT_MS });
    test("a worker shares memory on a page that is isolated", async () => checkTalk(await open(true)));
    test("a page without isolation is told the reason and the cure", async () => {
      const { ok, reason, cure } = JSON.parse(await open(false));
      assertEquals(ok, false);
      assertStringIncludes(reason, "not cross-origin isolated");
      assertStringIncludes(cure, "Cross-Origin-Opener-Policy");
    });
    for (const hasThreads of [true, false]) {
      test(`trains ${hasThreads ? "with a worker" : "on one thread on a page without isolation"}, with the same bits`, async () => {
        const trained: Trained = JSON.parse(await open(hasThreads, training));
        checkTrained(trained, wantedScores, { hasRelaxedSimd: true, hasThreads });
        assertStringIncludes(trained.file, "toBytes");
      });
    }
    continue;
  }
  test("trains with a worker, with the same bits, from a file of another runtime too, and ends", async () => {
    const hasFiles = name !== "deno without permissions";
    const { output, code, isLate } = await runInProcess(
      command,
      [`${folder}/train.js`, hasFiles ? folder : "no-files"],
      TIMEOUT_MS,
    );
    assertEquals([code, isLate], [0, false]);
    const trained: Trained = JSON.parse(output);
    checkTrained(trained, wantedScores, { hasRelaxedSimd: !LACKS_RELAXED_SIMD.includes(name), hasThreads: true });
    assertEquals(trained.file, hasFiles ? "the same" : "not tried");
  });
  test("a worker shares memory, and its error arrives", async () => {
    const { output, code, isLate } = await runInProcess(command, [probe, "talk"], TIMEOUT_MS);
    checkTalk(output);
    assertEquals([code, isLate], [0, false]);
  });
  for (const [ending, answer] of Object.entries(endings)) {
    test(`the process ends although a worker lives: ${ending}`, async () => {
      const { output, code, isLate } = await runInProcess(command, [probe, ending], END_MS);
      assertEquals(JSON.parse(output), { answer });
      assertEquals([code, isLate], [0, false]);
    });
  }
}

const hasScript = await runInProcess(["script"], ["--version"], TIMEOUT_MS).then(({ code }) => code === 0, () => false);
Deno.test({
  name: `deno on a terminal: no question about permissions${hasScript ? "" : " (skipped: script is not there)"}`,
  ignore: !hasScript,
  fn: async () => {
    // Without a terminal Deno never asks; `script` lends it one.
    const line = `"${Deno.execPath()}" run --no-config "${probe}" idle`;
    const { output, isLate } = await runInProcess(["script"], ["-qec", line, "/dev/null"], END_MS);
    assertEquals([output.trim(), isLate], [JSON.stringify({ answer: { kind: "pong" } }), false]);
  },
});
