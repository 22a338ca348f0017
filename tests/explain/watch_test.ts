import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { callbacks, initializers, input, layers, model, optimizers, sequential, tensor } from "../../mod.ts";
import type { Sequential } from "../../mod.ts";
import {
  type EpochStatistics,
  type LayerStatistics,
  type Trace,
  trace,
  type TraceNode,
  watch,
  type WatchOptions,
} from "../../src/explain/explain.ts";
import { findSlopeBounds } from "../../src/explain/watch/find_slope_bounds.ts";
import { internals } from "../../src/models/internals.ts";
import { layerSamples } from "../layers/samples.ts";
import { STAGE_OUTPUTS, STAGE_WIDTH, stageInputs, stageSample } from "../layers/stage_sample.ts";
import { drawNumbers } from "../models/draw_numbers.ts";
import { inFolder } from "../files/in_folder.ts";

type Fitted = Pick<Sequential, "getWeights">;

/** The bits of all weights. */
function bitsOf(fitted: Fitted): string {
  return fitted.getWeights().map(({ data }) => new Uint32Array(Float32Array.from(data).buffer).join()).join("\n");
}

/** Asserts that every number is one. */
function checkFinite(value: unknown, where: string): void {
  if (typeof value === "number") assert(Number.isFinite(value), `${where} is ${value}`);
  else if (typeof value === "object" && value !== null) {
    for (const [name, each] of Object.entries(value)) checkFinite(each, `${where}.${name}`);
  }
}

const X = drawNumbers(60, 6, 1);
const Y = drawNumbers(60, 2, 2);

/** Dropout, statistics of batches, a penalty, and an optimizer with a memory. */
function createMixed(): Sequential {
  const made = sequential([
    layers.dense({ units: 9, activation: "relu", inputShape: [6], kernelRegularizer: "l2" }),
    layers.batchNormalization(),
    layers.dropout({ rate: 0.4 }),
    layers.dense({ units: 7, activation: "tanh" }),
    layers.dense({ units: 2 }),
  ], { seed: 5 });
  made.compile({ optimizer: "adam", loss: "mse" });
  return made;
}

Deno.test("weights are bit for bit those of a fit without watch, for any number of threads", async () => {
  const fit = async (workers: number, list: callbacks.Callback[]) => {
    const made = createMixed();
    const { history } = await made.fit(X, Y, { epochs: 4, batchSize: 16, verbose: 0, workers, callbacks: list });
    return `${bitsOf(made)} ${history.loss}`;
  };
  const wanted = await fit(1, []);
  const all = new Set<string>();
  for (const workers of [1, 2, 3, 4, 7]) {
    const seen = watch({ every: 1, probe: 40 });
    assertEquals(await fit(workers, [seen]), wanted, `${workers} threads`);
    assertEquals(seen.epochs.length, 4);
    all.add(JSON.stringify([seen.start, seen.epochs]));
  }
  assertEquals(all.size, 1, "what is seen depends on the number of threads");
});

Deno.test("every layer can be watched, and learns as without", async () => {
  const y = drawNumbers(6, STAGE_OUTPUTS, 2);
  for (const [type, [sample]] of Object.entries(layerSamples)) {
    const x = stageInputs(sample, drawNumbers(6, STAGE_WIDTH, 1));
    const [plain, watched] = [stageSample(sample), stageSample(sample)];
    const seen = watch({ every: 1 });
    for (const [made, list] of [[plain, []], [watched, [seen]]] as const) {
      made.compile({ optimizer: "sgd", loss: "mse" });
      await made.fit(x, y, { epochs: 2, batchSize: 3, verbose: 0, workers: 1, callbacks: list });
    }
    assertEquals(bitsOf(watched), bitsOf(plain), type);
    checkFinite(seen.toJSON(), type);
    const names = seen.epochs[0].layers.map(({ layer }) => layer);
    assertEquals([...new Set(names)], names, type);
    const head = seen.epochs[1].layers.at(-1)!;
    assertEquals(head.layer, "head");
    assert(head.gradientNorm! > 0 && head.updateNorm! > 0 && head.weightNorm! > 0, type);
    assertAlmostEquals(head.updateNorm! / head.weightNorm!, head.updateRatio!, 0.05 * head.updateRatio! + 1e-12, type);
  }
});

/** What is to be said of a layer, straight from the values of a float64 trace. */
function describeLayer({ nodes, calls }: Trace, name: string) {
  const call = calls.find(({ layer }) => layer === name)!;
  const [a, z] = [call.a, call.z].map((id) => nodes.find((node) => node.id === id)!);
  const mean = (values: ArrayLike<number>, of = (v: number) => v) =>
    Array.from(values).reduce((sum, v) => sum + of(v), 0) / values.length;
  const about = ({ value }: TraceNode) => {
    const m = mean(value);
    return {
      mean: m,
      sd: Math.sqrt(mean(value, (v) => (v - m) ** 2)),
      rms: Math.sqrt(mean(value, (v) => v * v)),
      min: Math.min(...value),
      max: Math.max(...value),
      zeros: mean(value, (v) => v === 0 ? 1 : 0),
    };
  };
  const weights = nodes.filter((node) => node.op === "variable" && node.name.startsWith(`${name}/`));
  const norm = (pick: (node: TraceNode) => ArrayLike<number>) =>
    weights.length === 0
      ? null
      : Math.sqrt(weights.reduce((sum, node) => sum + mean(pick(node), (v) => v * v) * pick(node).length, 0));
  const rms = ({ gradient }: TraceNode) => gradient === null ? null : Math.sqrt(mean(gradient, (v) => v * v));
  return {
    gradientNorm: norm(({ gradient }) => gradient!),
    weightNorm: norm(({ value }) => value),
    z: about(z),
    a: about(a),
    dz: rms(z),
    da: rms(a),
  };
}

/** Compares numbers of two trees by their names: those of `wanted` must be there. */
function compare(found: unknown, wanted: unknown, scale: number, where: string): void {
  if (typeof wanted === "number") assertAlmostEquals(found as number, wanted, 1e-5 * Math.abs(wanted) + scale, where);
  else if (wanted === null) assertEquals(found, null, where);
  else {
    for (const [name, value] of Object.entries(wanted as object)) {
      compare((found as Record<string, unknown>)[name], value, scale, `${where}.${name}`);
    }
  }
}

Deno.test("statistics are those of a float64 computation", async () => {
  const image = sequential([
    layers.conv2d({ filters: 5, kernelSize: 3, activation: "relu", padding: "same", inputShape: [6, 5, 1] }),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.conv2d({ filters: 3, kernelSize: 2, activation: "sigmoid" }),
    layers.flatten(),
    layers.dense({ units: 3, activation: "softmax" }),
  ], { seed: 2 });
  const stack = sequential([
    layers.dense({ units: 8, inputShape: [30], kernelRegularizer: "l2" }),
    layers.layerNormalization(),
    layers.activation({ activation: "gelu" }),
    layers.dense({ units: 5, activation: "elu" }),
    layers.dense({ units: 3, activation: "softmax" }),
  ], { seed: 2 });
  const labels = Array.from({ length: 17 }, (_, i) => i % 3);
  for (const [made, shape] of [[image, [17, 6, 5, 1]], [stack, [17, 30]]] as const) {
    made.compile({ optimizer: optimizers.sgd({ learningRate: 0 }), loss: "sparse_categorical_crossentropy" });
    const x = tensor(drawNumbers(17, 30, 4).flat(), shape);
    const sampleWeight = labels.map((_, i) => 1 + i % 2);
    const seen = watch({ every: 1 });
    const { history } = await made.fit(x, labels, { epochs: 1, verbose: 0, sampleWeight, callbacks: [seen] });
    const traced = trace(made, x, labels, { precision: "float64", training: true, sampleWeight });
    assertAlmostEquals(seen.epochs[0].loss, traced.loss, 1e-6);
    assertAlmostEquals(history.loss[0], traced.loss, 1e-6);
    let firstWeights = false;
    for (const layer of seen.epochs[0].layers) {
      const wanted = describeLayer(traced, layer.layer);
      firstWeights ||= layer.weightNorm !== null;
      // Float32 beside float64: of sums that cancel as much is left as of their terms.
      compare(layer, firstWeights ? wanted : { ...wanted, dz: null, da: null }, 2e-7, layer.layer);
      assertEquals(layer.updateNorm, layer.weightNorm === null ? null : 0);
      assertEquals(layer.frozenShare, layer.weightNorm === null ? null : 1);
    }
    assertEquals(seen.epochs[0].layers.length, made.layers.length);
  }
});

const CIRCLE = drawNumbers(200, 2, 7);
const INSIDE = CIRCLE.map(([a, b]) => a * a + b * b > 0.6 ? 1 : 0);

Deno.test("ten sigmoid layers pass on a fifth of the gradient each, and float32 does not move their weights", async () => {
  const factors: number[] = [], frozen: number[] = [];
  for (let seed = 1; seed <= 5; seed++) {
    const hidden = Array.from({ length: 10 }, () => layers.dense({ units: 16, activation: "sigmoid" }));
    const made = sequential([...hidden, layers.dense({ units: 1, activation: "sigmoid" })], { seed });
    made.build([2]);
    made.compile({ optimizer: optimizers.sgd({ learningRate: 0.5 }), loss: "binary_crossentropy" });
    const seen = watch({ every: 30 });
    await made.fit(CIRCLE, INSIDE, { epochs: 30, batchSize: 200, verbose: 0, callbacks: [seen] });
    const [end] = seen.epochs;
    for (const { attenuation } of [seen.start!, end]) factors.push(attenuation! ** (1 / 10));
    // Of ten layers the first three: 32, 256 and 256 weights.
    for (const { gradientNorm, frozenShare } of end.layers.slice(0, 3)) {
      assert(gradientNorm! < 1e-6, `seed ${seed}: ${gradientNorm}`);
      frozen.push(frozenShare!);
    }
    const output = end.layers.at(-1)!;
    assert(output.a.sd > 0 && output.a.sd < 1e-6, `seed ${seed}: the outputs spread by ${output.a.sd}`);
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  assert(mean(factors) > 0.2 && mean(factors) < 0.26, `${factors}`);
  assert(factors.every((factor) => factor > 0.19 && factor < 0.26), `${factors}`);
  assert(mean(frozen) > 0.9 && mean(frozen) < 0.99, `${frozen}`);
});

Deno.test("where an activation is saturated follows from its formula", () => {
  const steep = (id: string) => findSlopeBounds(internals, { formula: id, scalars: {} });
  const sigmoid = Math.log((1 + Math.sqrt(0.95)) / (1 - Math.sqrt(0.95)));
  for (
    const [id, bound] of [["sigmoid", sigmoid], ["tanh", Math.atanh(Math.sqrt(0.95))], [
      "softsign",
      1 / Math.sqrt(0.05) - 1,
    ]] as const
  ) {
    const { steep: found, isFlatBelow } = steep(id);
    compare(found, [-bound, bound], 1e-9, id);
    assertEquals(isFlatBelow, false);
  }
  compare(steep("relu6"), { steep: [0, 6], isFlatBelow: true }, 1e-9, "relu6");
  for (const id of ["relu", "softplus", "gelu", "exponential", "silu"]) {
    assertEquals(steep(id), { steep: null, isFlatBelow: id === "relu" }, id);
  }
});

Deno.test("dead units and saturated ones are counted", async () => {
  const create = (activation: "relu" | "sigmoid", scale: number, bias: number[]) => {
    const made = sequential([
      layers.dense({ units: 4, activation, kernelInitializer: initializers.randomNormal({ stddev: scale }) }),
      layers.dense({ units: 1 }),
    ], { seed: 3 });
    made.build([2]);
    made.setWeights(made.getWeights().map((w, i) => i === 1 ? tensor(bias, [4]) : w));
    made.compile({ optimizer: "sgd", loss: "mse" });
    return made;
  };
  const start = async (made: Sequential): Promise<LayerStatistics> => {
    const seen = watch();
    await made.fit(CIRCLE, INSIDE, { epochs: 1, verbose: 0, callbacks: [seen] });
    return seen.start!.layers[0];
  };
  const relu = await start(create("relu", 0.1, [-9, 5, -9, -9]));
  assertEquals([relu.deadShare, relu.saturatedShare, relu.a.zeros], [0.75, null, 0.75]);
  const sigmoid = await start(create("sigmoid", 0.1, [9, -9, 0, 0]));
  assertEquals([sigmoid.deadShare, sigmoid.saturatedShare], [null, 0.5]);
});

Deno.test("watch measures every so many epochs, and the last; without every as often as maxShare allows", async () => {
  const epochsOf = async (options: WatchOptions, samples: number) => {
    const made = sequential([layers.dense({ units: 1, inputShape: [2] })], { seed: 1 });
    made.compile({ optimizer: "sgd", loss: "mse" });
    const seen = watch(options);
    const [x, y] = [CIRCLE.slice(0, samples), INSIDE.slice(0, samples)];
    const history = await made.fit(x, y, { epochs: 25, verbose: 0, callbacks: seen });
    assert(history.layers === seen.epochs);
    assertEquals(seen.layers.map((all) => all[0].layer), seen.epochs.map(() => "dense"));
    return [seen.probeRows, ...seen.epochs.map(({ epoch }) => epoch)];
  };
  const all = Array.from({ length: 25 }, (_, i) => i);
  assertEquals(await epochsOf({ every: 1 }, 4), [4, ...all]);
  assertEquals(await epochsOf({ every: 10, probe: 3 }, 4), [3, 9, 19, 24]);
  assertEquals(await epochsOf({}, 4), [4, 19, 24]);
  assertEquals(await epochsOf({ probe: 10 }, 200), [10, ...all]);
  assertEquals(await epochsOf({ probe: 10, maxShare: 0.005 }, 200), [10, 9, 19, 24]);
  assertEquals(await epochsOf({ every: 12, probe: 10, maxShare: 0.005 }, 200), [10, 11, 23, 24]);
});

/** A stream whose arrays are filled anew for every batch. */
function* refill(): Generator<{ x: Float32Array[]; y: Float32Array }> {
  const x = [new Float32Array(2), new Float32Array(2), new Float32Array(2)];
  const y = new Float32Array(3);
  for (let batch = 0; batch < 5; batch++) {
    x.forEach((row, i) => row.set(CIRCLE[batch * 3 + i]));
    y.set(INSIDE.slice(batch * 3, batch * 3 + 3));
    yield { x, y };
  }
}

Deno.test("of a stream the first rows of the first batch are probed, and training stays what it is", async () => {
  const fit = async (list: callbacks.Callback[]) => {
    const made = sequential([
      layers.dense({ units: 3, activation: "tanh", inputShape: [2] }),
      layers.dense({ units: 1 }),
    ], {
      seed: 1,
    });
    made.compile({ optimizer: "sgd", loss: "mse" });
    await made.fit({ [Symbol.iterator]: refill }, { epochs: 3, verbose: 0, callbacks: list });
    return made;
  };
  const seen = watch({ every: 1, probe: 2 });
  const made = await fit([seen]);
  assertEquals(bitsOf(made), bitsOf(await fit([])));
  assertEquals([seen.probeRows, seen.epochs.length], [2, 3]);
  const { loss } = made.evaluate(CIRCLE.slice(0, 2), INSIDE.slice(0, 2));
  assertAlmostEquals(seen.epochs[2].loss, loss, 1e-6);
  assert(seen.start!.layers[0].updateNorm! > 0);
  const first = seen.epochs;
  await fit([seen]);
  assertEquals(seen.epochs, first, "a second fit begins anew");
  assert(seen.epochs !== first);
});

Deno.test("a fit that goes on from a backup sees what one without a break sees", async () => {
  for (const data of ["arrays", "stream"]) {
    await inFolder(async (folder) => {
      const run = async (path: string, failAt: number) => {
        const made = createMixed();
        const seen = watch({ every: 1, probe: 9 });
        let steps = 0;
        const breaking = {
          onTrainBatchEnd: () =>
            void (steps++ === failAt && (() => {
              throw new Error("power");
            })()),
        };
        const list = [callbacks.backupAndRestore({ backupDir: `${folder}/${path}`, saveFreq: 1 }), seen, breaking];
        const options = { epochs: 4, verbose: 0, callbacks: list } as const;
        const batches = [0, 1, 2, 3].map((i) => ({ x: X.slice(i * 15, i * 15 + 15), y: Y.slice(i * 15, i * 15 + 15) }));
        await (data === "arrays" ? made.fit(X, Y, { ...options, batchSize: 15 }) : made.fit(batches, options)).catch(
          () => {},
        );
        return seen;
      };
      const wanted = JSON.stringify(await run("whole", -1));
      for (const failAt of [6]) {
        await run(`at${failAt}`, failAt);
        assertEquals(JSON.stringify(await run(`at${failAt}`, -1)), wanted, `${data}, broken at step ${failAt}`);
      }
    });
  }
});

Deno.test("several inputs and outputs, masks, shared layers, models inside, and accumulated gradients can be watched", async () => {
  const words = input({ shape: [5], name: "words" });
  const size = input({ shape: [2], name: "size" });
  const shared = layers.dense({ units: 4, activation: "tanh", name: "shared" });
  const inner = sequential([layers.dense({ units: 4, activation: "relu", inputShape: [4], name: "deep" })], {
    name: "inner",
  });
  const embedded = layers.embedding({ inputDim: 9, outputDim: 4, maskZero: true, name: "embedded" }).apply(words);
  const h = shared.apply(
    layers.gru({ units: 4, name: "gru" }).apply(layers.dense({ units: 4, name: "wide" }).apply(embedded)),
  );
  const joined = inner.apply(
    shared.apply(layers.add().apply([h, layers.dense({ units: 4, name: "sized" }).apply(size)])),
  );
  const made = model({
    inputs: { words, size },
    outputs: {
      label: layers.dense({ units: 1, activation: "sigmoid", name: "label" }).apply(joined),
      price: layers.dense({ units: 1, name: "price" }).apply(joined),
    },
  }, { seed: 1 });
  made.compile({
    optimizer: optimizers.sgd({ learningRate: 0.1, gradientAccumulationSteps: 2 }),
    loss: { label: "binary_crossentropy", price: "mse" },
  });
  const x = { words: Array.from({ length: 12 }, (_, i) => [1 + i % 8, i % 3, 0, 0, 0]), size: drawNumbers(12, 2, 3) };
  const y = { label: x.words.map(([w]) => w % 2), price: x.words.map(([w]) => w / 8) };
  const seen = watch({ every: 1 });
  await made.fit(x, y, { epochs: 2, batchSize: 3, verbose: 0, callbacks: [seen] });
  checkFinite(seen.toJSON(), "seen");
  const names = seen.epochs[0].layers.map(({ layer }) => layer);
  assertEquals(names, [
    "embedded",
    "wide",
    "gru",
    "shared",
    "sized",
    "add",
    "shared#2",
    "inner/deep",
    "label",
    "price",
  ]);
  const layer = (name: string): LayerStatistics => seen.epochs[1].layers.find((each) => each.layer === name)!;
  for (const name of ["embedded", "wide", "gru", "shared", "sized", "inner/deep", "label", "price"]) {
    assert(layer(name).updateNorm! > 0, name);
  }
  assertEquals([layer("shared#2").weightNorm, layer("add").weightNorm], [null, null]);
  assert(layer("shared#2").dz! > 0);
});

Deno.test("stateful models, and optimizers without gradients, can be watched", async () => {
  const fit = async (list: callbacks.Callback[]) => {
    const stateful = sequential([
      layers.inputLayer({ shape: [3, 2], batchSize: 4 }),
      layers.lstm({ units: 3, stateful: true }),
      layers.dense({ units: 1 }),
    ], { seed: 1 });
    stateful.compile({ optimizer: "sgd", loss: "mse" });
    const x = tensor(drawNumbers(8, 6, 1).flat(), [8, 3, 2]);
    await stateful.fit(x, INSIDE.slice(0, 8), { epochs: 3, verbose: 0, shuffle: false, callbacks: list });
    return `${bitsOf(stateful)} ${stateful.predict(tensor(drawNumbers(4, 6, 2).flat(), [4, 3, 2])).data}`;
  };
  const still = watch({ every: 1 });
  assertEquals(await fit([still]), await fit([]));
  assertEquals(still.probeRows, 4);
  const evolved = sequential([
    layers.dense({ units: 3, activation: "step", inputShape: [2] }),
    layers.dense({ units: 1, activation: "step" }),
  ], { seed: 1 });
  evolved.compile({ optimizer: optimizers.geneticAlgorithm({ populationSize: 8 }), loss: "mse" });
  const seen = watch({ every: 1 });
  await evolved.fit([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0], { epochs: 3, verbose: 0, callbacks: [seen] });
  assertEquals(seen.epochs.map(({ layers: [{ gradientNorm, dz }] }) => [gradientNorm, dz]), [
    [null, null],
    [null, null],
    [null, null],
  ]);
  assert(seen.epochs[2].layers[0].weightNorm! > 0);
});

Deno.test("what was seen shows itself as text, HTML and JSON, with names as text", async () => {
  const made = sequential([
    layers.dense({ units: 2, activation: "tanh", name: "<b>one" }),
    layers.dense({ units: 1, activation: "sigmoid", name: "two" }),
  ], { seed: 1 });
  made.build([2]);
  made.compile({ optimizer: "sgd", loss: "binary_crossentropy" });
  for (const [language, words] of [["en", "Layers over 3 epochs"], ["es", "Capas durante 3 épocas"]] as const) {
    const seen = watch({ every: 1, language });
    assert(!String(seen).includes("epochs,") && seen.toHTML().startsWith("<p>"), "nothing is there yet");
    const history = await made.fit(CIRCLE, INSIDE, { epochs: 3, verbose: 0, callbacks: [seen] });
    const text = String(seen);
    assert(text.startsWith(words), text);
    assertEquals(text.split("\n").filter((line) => /^(<b>one|two)/.test(line)).length, 2, text);
    const page = seen.toHTML();
    assert(
      page.includes("<svg") && page.includes("<path") && !page.includes("<b>") && !page.includes("<script"),
      page,
    );
    const bundle = (seen as never as Record<symbol, () => Record<string, unknown>>)[Symbol.for("Jupyter.display")]();
    assertEquals(bundle["text/html"]?.toString().slice(0, 7), "<figure");
    const data = JSON.parse(JSON.stringify(seen)) as { start: EpochStatistics; epochs: EpochStatistics[] };
    assertEquals([data.start.epoch, ...data.epochs.map(({ epoch }) => epoch)], [-1, 0, 1, 2]);
    assertEquals(JSON.parse(JSON.stringify(history)).layers, data.epochs);
  }
});

Deno.test("watch says what is wrong with its options", () => {
  const of = (options: unknown) => () => watch(options as WatchOptions);
  assertThrows(of({ evry: 1 }), TypeError, "every");
  assertThrows(of({ every: 0 }), RangeError, "every must be");
  assertThrows(of({ probe: 257 }), RangeError, "probe must be");
  assertThrows(of({ maxShare: 0 }), RangeError, "maxShare must be");
  assertThrows(of({ language: "fr" }), TypeError, 'language must be "en" or "es"');
});
