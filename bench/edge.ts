/**
 * Inference with compiled models: sizes, loading, single predictions of 784-128-10 and of XOR, batches of 784-512-512-10. One thread.
 *
 * Usage: `deno run -A bench/edge.ts`. The size of the runtime is that of src/edge/edge.ts bundled, minified and gzipped, wasm included.
 *
 * @module
 */
import { compileModel, layers, sequential, toModule } from "../mod.ts";
import { load } from "../src/edge/edge.ts";
import { measureEntry } from "../tools/measure_entry.ts";
import { createMlp } from "./lib/create_mlp.ts";
import { formatFigure } from "./lib/format_figure.ts";
import { printReport } from "./lib/print_report.ts";
import { sampleCalls } from "./lib/sample_calls.ts";

async function gzippedBytes(content: BlobPart): Promise<number> {
  const stream = new Blob([content]).stream().pipeThrough(new CompressionStream("gzip"));
  return (await new Response(stream).arrayBuffer()).byteLength;
}

/** The p-th part of sorted samples. */
const quantile = (samples: number[], p: number): number =>
  samples.sort((a, b) => a - b)[Math.floor((samples.length - 1) * p)];

/** Microseconds of a call, `inner` calls a sample, after a warm-up. */
async function time(call: () => unknown, inner = 1): Promise<number[]> {
  return await sampleCalls(() => {
    const start = performance.now();
    for (let i = 0; i < inner; i++) call();
    return (performance.now() - start) * 1e3 / inner;
  }, { warmMs: 800, ms: 1000 });
}

const xor = sequential([
  layers.dense({ units: 7, activation: "sigmoid", inputShape: [2] }),
  layers.dense({ units: 1, activation: "sigmoid" }),
], { seed: 7 });
const digits = createMlp([784, 128, 10], 64);
const large = createMlp([784, 512, 512, 10], 256);

const rows: string[][] = [];
const figures: Record<string, number> = {};
function report(what: string, unit: string, value: number): void {
  rows.push([what, `${formatFigure(value)} ${unit}`]);
  figures[`edge ${what} ${unit}`] = value;
}

const entries = { "": "edge", " with blocks": "blocks", " with sequences": "sequences" };
for (const [what, name] of Object.entries(entries)) {
  report(`runtime${what}, gzipped`, "bytes", await measureEntry(`src/edge/${name}.ts`));
}
report("toModule of XOR, gzipped", "bytes", await gzippedBytes(toModule(xor)));
for (const weights of ["float32", "float16", "int8"] as const) {
  report(`784-128-10 as ${weights}`, "bytes", compileModel(digits.model, { weights }).byteLength);
}

const bytes = compileModel(digits.model);
const sample = digits.x.data.slice(0, 784);
const nested = [...sample];
const output = new Float32Array(10);
const loads = await time(() => load(bytes).run(sample, output));
report("load and first predict p50", "µs", quantile(loads, 0.5));

const model = load(bytes);
const runs = await time(() => model.run(sample, output));
report("784-128-10 run p50", "µs", quantile(runs, 0.5));
report("784-128-10 run p99", "µs", quantile(runs, 0.99));
const predicts = await time(() => model.predict(nested));
report("784-128-10 predict of an array p50", "µs", quantile(predicts, 0.5));
report("784-128-10 predict of an array p99", "µs", quantile(predicts, 0.99));
const portable = load(bytes, { numerics: "portable" });
report("784-128-10 run, portable, p50", "µs", quantile(await time(() => portable.run(sample, output)), 0.5));
const javascript = load(bytes, { engine: "javascript" });
report("784-128-10 run, JavaScript, p50", "µs", quantile(await time(() => javascript.run(sample, output)), 0.5));

const gate = load(compileModel(xor));
const [x, y] = [Float32Array.of(0, 1), new Float32Array(1)];
report("XOR run p50", "µs", quantile(await time(() => gate.run(x, y), 2000), 0.5));
report("XOR predict p50", "µs", quantile(await time(() => gate.predict([0, 1]), 2000), 0.5));

const wide = load(compileModel(large.model));
const outputs = new Float32Array(2560);
const batches = await time(() => wide.run(large.x.data, outputs));
report("784-512-512-10 batch 256", "samples/s", 256e6 / quantile(batches, 0.5));

printReport({
  benchmark: "edge",
  tables: [{ title: "Compiled models, one thread", header: ["what", "value"], rows }],
  figures,
});
