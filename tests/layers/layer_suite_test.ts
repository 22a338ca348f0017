import { assert, assertAlmostEquals, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { checkGradients, compileModel, type FunctionalModel, loadModel, model, toModule } from "../../mod.ts";
import { load } from "../../src/edge/sequences.ts";
import type { Layer } from "../../src/layers/layer.ts";
import { drawNumbers } from "../models/draw_numbers.ts";
import { hashWeights } from "../models/hash_weights.ts";
import { createSaved } from "./create_saved.ts";
import type { LayerSample } from "./layer_sample.ts";
import { layerSamples } from "./samples.ts";
import { STAGE_OUTPUTS, STAGE_WIDTH, stageInputs, stageSample } from "./stage_sample.ts";

// What every layer is asked for, after Keras's run_layer_test. The bits of any number of threads are in tests/workers/bits_test.ts, which
// trains the same samples; golden values are asked for by tests/tables.

/** As in tests/models/check_gradients_test.ts: the program is float32. */
const GRADIENTS = 1e-3;
/** Float32 along another path: folded scalings, and products that are summed in another order, over two dense layers. */
const EDGE = 1e-5;

const NUMBERS = drawNumbers(33, STAGE_WIDTH, 1);
const Y = drawNumbers(33, STAGE_OUTPUTS, 2);

function layerOf(staged: FunctionalModel, type: string): Layer {
  const at = staged.layers.findIndex((layer) =>
    layer.type === type && !/^(x|before\d|shaped\d|flat|head)$/.test(layer.name)
  );
  assert(at >= 0, `there is a ${type} layer in ${staged.layers.map(({ name }) => name)}`);
  return staged.layers[at];
}

function compiled(sample: LayerSample): FunctionalModel {
  const staged = stageSample(sample);
  staged.compile({ optimizer: "nadam", loss: "mse" });
  return staged;
}

function keepsShape(type: string, sample: LayerSample): void {
  const X = stageInputs(sample, NUMBERS);
  const staged = stageSample(sample);
  const layer = layerOf(staged, type);
  assertEquals(layer.output.shape, [null, ...sample.output]);
  const inner = model({ inputs: staged.inputs[0], outputs: layer.output });
  for (const rows of [1, 5]) assertEquals(inner.predict(X.slice(0, rows)).shape, [rows, ...sample.output]);
}

async function keepsForm(type: string, sample: LayerSample): Promise<void> {
  const X = stageInputs(sample, NUMBERS);
  const staged = stageSample(sample, { seed: 2 ** 40 + 3, numerics: "portable" });
  const { config } = layerOf(staged, type);
  assertEquals(createSaved({ type, config: JSON.parse(JSON.stringify(config)) }).config, config);
  const again = await loadModel(staged.toBytes());
  assertEquals(again.layers.map((l) => [l.type, l.config]), staged.layers.map((l) => [l.type, l.config]));
  assertEquals([again.seed, again.numerics, again.name], [staged.seed, staged.numerics, staged.name]);
  assertEquals(again.weights, staged.weights);
  assertEquals(again.summary(), staged.summary());
  assertEquals(again.predict(X), staged.predict(X));
  assertEquals(again.toBytes(), staged.toBytes());
}

function hasGradients(sample: LayerSample): void {
  const X = stageInputs(sample, NUMBERS);
  const report = checkGradients(compiled(sample), X.slice(0, 6), Y.slice(0, 6), { elements: 12, verbose: false });
  assert(report.checked > 0 && report.worst.relativeError <= GRADIENTS, report.text);
}

async function resumes(sample: LayerSample): Promise<void> {
  const X = stageInputs(sample, NUMBERS);
  const options = { batchSize: 13, verbose: 0, workers: 1 } as const;
  const whole = compiled(sample);
  await whole.fit(X, Y, { ...options, epochs: 3 });
  assert(hashWeights(whole) !== hashWeights(compiled(sample)), "training changes weights");
  const first = compiled(sample);
  await first.fit(X, Y, { ...options, epochs: 1 });
  const second = await loadModel(first.toBytes());
  await second.fit(X, Y, { ...options, initialEpoch: 1, epochs: 3 });
  assertEquals(hashWeights(second), hashWeights(whole));
}

async function agreesAtEdge(sample: LayerSample): Promise<void> {
  const staged = compiled(sample);
  if (sample.notAtEdge !== undefined) {
    for (const make of [compileModel, toModule]) {
      assertMatch(assertThrows(() => make(staged), RangeError).message, new RegExp(sample.notAtEdge));
    }
    return;
  }
  const X = stageInputs(sample, NUMBERS);
  await staged.fit(X, Y, { epochs: 1, verbose: 0, workers: 1 });
  const wanted = staged.predict(X).data;
  const module = await import(`data:text/javascript,${encodeURIComponent(toModule(staged))}`);
  const found = {
    edge: (load(compileModel(staged)).predict(X) as number[][]).flat(),
    module: (module.predict(X) as number[][]).flat(),
  };
  for (const [where, values] of Object.entries(found)) {
    wanted.forEach((value, i) => assertAlmostEquals(values[i], value, EDGE * Math.max(1, Math.abs(value)), where));
  }
}

for (const [type, samples] of Object.entries(layerSamples)) {
  for (const [i, sample] of samples.entries()) {
    Deno.test(`layer ${type}, sample ${i + 1}`, async (t) => {
      await t.step("shape", () => keepsShape(type, sample));
      await t.step("saved form", () => keepsForm(type, sample));
      await t.step("gradients", () => hasGradients(sample));
      await t.step("resume", () => resumes(sample));
      await t.step("edge = model = module", () => agreesAtEdge(sample));
    });
  }
}
