/**
 * The functions of examples/edge on every platform: `deno test -A tests/runtimes/edge.ts`, with `-- --install` to fetch what is missing. What cannot
 * be had is skipped, with the reason in the test's name.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { load } from "../../src/edge/edge.ts";
import { compileModel } from "../../src/export/compile_model.ts";
import { bytes } from "../../examples/edge/model.ts";
import { encodeTable } from "../../examples/csv/encode_table.ts";
import { readTable } from "../../examples/csv/read_table.ts";
import { draw, sampleModels } from "../edge/sample_models.ts";
import { askFunction, type Observed } from "./edge_client.ts";
import type { PageResult } from "./edge_page.ts";
import { bundleFunctions, listPlatforms, type Platform } from "./edge_platforms.ts";
import { type Probed, probeEngines, type ProbeModel } from "./edge_probe.ts";
import { runInChromium } from "./run_in_chromium.ts";
import { runInProcess } from "./run_in_process.ts";

const TIMEOUT_MS = 20_000;
/** What math functions of different JavaScript engines, and fusing, may differ by: as in tests/edge/predict_test.ts. */
const TOLERANCE = 2e-5;

const folder = await Deno.makeTempDir({ prefix: "retroprop-edge-" });
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
const [{ platforms, chromium }] = await Promise.all([
  listPlatforms(Deno.args.includes("--install")),
  bundleFunctions(folder),
]);

const table = readTable(await Deno.readTextFile(new URL("../../examples/data/iris.csv", import.meta.url)), ",");
const iris = encodeTable(table, "species");
const samples = Float32Array.from(iris.x.flat());
const model = load(bytes, { numerics: "portable" });
const expected = new Uint8Array(model.predictBatch(samples).buffer).toHex();

const models = ["xor", "wide", "normalized", "sequence", "selu", "mish"].map((name): ProbeModel => {
  const file = compileModel(sampleModels[name]());
  const width = load(file).inputs[0].shape.reduce((product, size) => product * size, 1);
  return { bytes: [...file], x: [...draw(20 * width, 5)] };
});
const wanted = probeEngines(models);
const head = `globalThis.edgeModels = ${JSON.stringify(models)}; globalThis.edgeSamples = ${
  JSON.stringify([...samples])
};\n`;
for (const name of ["edge_probe", "edge_page"]) {
  const file = `${folder}/${name}.mjs`;
  await Deno.writeTextFile(file, head + await Deno.readTextFile(file));
}

function checkProbe(found: Probed, fastEngine: string): void {
  assertEquals(found.fast.engine, fastEngine);
  assertEquals(found.portable.engine, "wasm-portable");
  assertEquals(found.javascript.engine, "javascript");
  assertEquals(found.portable.y, wanted.portable.y, "portable numerics: the same bits everywhere");
  const close = (a: number[]): void => a.forEach((y, i) => assert(Math.abs(y - wanted.portable.y[i]) <= TOLERANCE));
  close(found.fast.y);
  close(found.javascript.y);
}

/** Starts a server, waits until it answers, calls `ask` and ends the server. */
async function withServer<T>({ serve }: Platform, ask: (address: string, port: number) => Promise<T>): Promise<T> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const [program, ...args] = serve(port, folder);
  const env = { PORT: `${port}`, DENO_JOBS: "2" };
  const child = new Deno.Command(program, { args, env, stdin: "null", stdout: "null", stderr: "null" }).spawn();
  try {
    const base = `http://127.0.0.1:${port}`;
    const end = performance.now() + TIMEOUT_MS;
    while (!await fetch(`${base}/healthz`).then((response) => response.text(), () => null)) {
      if (performance.now() > end) throw new Error(`no answer within ${TIMEOUT_MS} ms`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return await ask(base, port);
  } finally {
    child.kill("SIGKILL");
    await child.status;
  }
}

/** Sends half a body and waits for the answer. */
async function sendSlowly(port: number): Promise<string> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const timer = setTimeout(() => connection.close(), TIMEOUT_MS);
  const lines = ["POST /predict HTTP/1.1", "Host: localhost", "Content-Type: application/json", "Content-Length: 20"];
  await connection.write(new TextEncoder().encode(`${lines.join("\r\n")}\r\n\r\n{"x":[1`));
  let text = "";
  const buffer = new Uint8Array(4096);
  while (!text.includes("}}")) {
    const length = await connection.read(buffer).catch(() => null);
    if (length === null) break;
    text += new TextDecoder().decode(buffer.subarray(0, length));
  }
  clearTimeout(timer);
  connection.close();
  return text;
}

interface Served {
  readonly observed: Observed;
  readonly slow: string;
}

/** All servers are asked at the same time: a slow body takes seconds. */
const served = new Map<string, Promise<PromiseSettledResult<Served>>>();
for (const platform of platforms) {
  if (platform.missing !== undefined) continue;
  const work = withServer(platform, async (base, port) => {
    const [slow, observed] = await Promise.all([sendSlowly(port), askFunction(base, samples)]);
    return { slow, observed };
  });
  served.set(platform.name, Promise.allSettled([work]).then(([result]) => result));
}

for (const { name, engine, run, fastEngine, missing } of platforms) {
  const options = { ignore: missing !== undefined, sanitizeOps: false, sanitizeResources: false };
  const skipped = missing === undefined ? "" : ` (skipped: ${missing})`;
  Deno.test(`${name}: the function predicts the same bits and refuses what is wrong${skipped}`, options, async () => {
    const result = await served.get(name)!;
    if (result.status === "rejected") throw result.reason;
    assertEquals(result.value.observed, { engine, bits: expected });
    assertMatch(result.value.slow, /^HTTP\/1\.1 408 [^]*"field":"body","rule":"must arrive within 5000 ms"/);
  });
  if (run === undefined) continue;
  Deno.test(`${name}: the engines${skipped}`, options, async () => {
    const { output, code } = await runInProcess(run, [`${folder}/edge_probe.mjs`], TIMEOUT_MS);
    assertEquals(code, 0);
    checkProbe(JSON.parse(output), fastEngine!);
  });
}

Deno.test({
  name: `chromium: in a page and in a service worker${chromium.missing ? ` (skipped: ${chromium.missing})` : ""}`,
  ignore: chromium.missing !== undefined,
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    const site = new Map([
      ["script.js", await Deno.readTextFile(`${folder}/edge_page.mjs`)],
      ["page.html", await Deno.readTextFile(new URL("../../examples/edge/page.html", import.meta.url))],
      ["page.js", await Deno.readTextFile(`${folder}/page.mjs`)],
      ["service_worker.js", await Deno.readTextFile(`${folder}/service_worker.mjs`)],
    ]);
    const options = { isIsolated: false, subject: "edge", timeoutMs: TIMEOUT_MS };
    const result = JSON.parse(await runInChromium(chromium.command, site, options)) as PageResult & {
      error?: string;
    };
    assertEquals(result.error, undefined);
    checkProbe(result.probed, "wasm-fast");
    const [setosa, virginica] = result.said;
    assertMatch(setosa, /^setosa (99|100)\.\d %/);
    assertMatch(virginica, /virginica (9\d|100)\.\d %$/);
    assertEquals(result.observed, { engine: "wasm-portable", bits: expected });
  },
});
