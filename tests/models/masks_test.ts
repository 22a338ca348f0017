import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import {
  callbacks,
  checkGradients,
  compileModel,
  type FunctionalModel,
  gridSearch,
  input,
  layers,
  loadModel,
  metrics,
  model,
  optimizers,
  sequential,
  toModule,
} from "../../mod.ts";
import { load } from "../../src/edge/edge.ts";
import { readSafetensors } from "../../src/files/read_safetensors.ts";
import { inFolder } from "../files/in_folder.ts";
import { drawNumbers } from "./draw_numbers.ts";
import { hashWeights } from "./hash_weights.ts";
import { Attach, custom, MaskedSum } from "./mask_layers.ts";

const [ROWS, STEPS, WIDTH] = [43, 6, 3];
const QUIET = { verbose: 0, workers: 1 } as const;

/** Whether a step of a sample counts: the first 1 to 6, and in two samples none. */
const counts = (row: number, step: number): boolean => row % 20 !== 7 && step <= row * 5 % STEPS;

function drawSteps(width: number, seed: number, masked: number | null): number[][][] {
  const drawn = drawNumbers(ROWS * STEPS, width, seed);
  return Array.from(
    { length: ROWS },
    (_, row) =>
      Array.from(
        { length: STEPS },
        (_, step) =>
          masked === null || counts(row, step) ? [...drawn[row * STEPS + step]] : new Array<number>(width).fill(masked),
      ),
  );
}

const x = drawSteps(WIDTH, 1, 0);
const y = drawSteps(2, 2, null);
const weights = Array.from({ length: ROWS }, (_, i) => 0.5 + i % 3);

/** Masking, normalising, merging, and a mask that reaches the loss. */
function build(maskValue = 0): FunctionalModel {
  const steps = input({ shape: [STEPS, WIDTH], name: "steps" });
  const known = layers.masking({ maskValue, name: "known" }).apply(steps);
  const a = layers.dense({ units: 4, activation: "tanh", name: "a" }).apply(known);
  const b = layers.dropout({ rate: 0.2, name: "b" }).apply(layers.batchNormalization({ name: "normal" }).apply(a));
  const both = layers.maximum({ name: "both" }).apply([a, b]);
  const out = layers.dense({ units: 2, name: "out" }).apply(both);
  return model({ inputs: steps, outputs: out }, { seed: 5 });
}

function compiled(maskValue = 0): FunctionalModel {
  const m = build(maskValue);
  m.compile({ optimizer: "adam", loss: "mse", metrics: ["mae"], weightedMetrics: ["mse"] });
  return m;
}

Deno.test("layers pass masks on as Keras 3 has them", () => {
  const masked = layers.masking().apply(input({ shape: [4, 6] }));
  const of = (layer: layers.Layer): readonly (number | null)[] | null => layer.apply(masked).sampleMask;
  assertEquals(masked.sampleMask, [4]);
  const keep = [
    layers.activation({ activation: "relu" }),
    layers.activityRegularization({ l1: 0.1 }),
    layers.alphaDropout({ rate: 0.1 }),
    layers.batchNormalization(),
    layers.dense({ units: 2 }),
    layers.dropout({ rate: 0.1 }),
    layers.elu(),
    layers.gaussianDropout({ rate: 0.1 }),
    layers.gaussianNoise({ stddev: 0.1 }),
    layers.groupNormalization({ groups: 2 }),
    layers.layerNormalization(),
    layers.leakyReLU(),
    layers.masking(),
    layers.normalization(),
    layers.prelu(),
    layers.reLU(),
    layers.rescaling({ scale: 2 }),
    layers.softmax(),
    layers.spatialDropout1d({ rate: 0.1 }),
    layers.unitNormalization(),
  ];
  for (const layer of keep) assertEquals(of(layer), [4], layer.type);
  const end = [
    layers.cropping1d({ cropping: 1 }),
    layers.flatten(),
    layers.permute({ dims: [2, 1] }),
    layers.reshape({ targetShape: [4, 6] }),
    layers.rmsNormalization(),
    layers.upSampling1d({ size: 2 }),
    layers.zeroPadding1d({ padding: 1 }),
  ];
  for (const layer of end) assertEquals(of(layer), null, layer.type);
  const plain = layers.reshape({ targetShape: [4, 6] }).apply(masked);
  for (const create of [layers.add, layers.average, layers.maximum, layers.minimum, layers.multiply, layers.subtract]) {
    assertEquals(create().apply([masked, masked]).sampleMask, [4]);
    assertEquals(create().apply([masked, plain]).sampleMask, null);
    assertEquals(create().apply([plain, masked]).sampleMask, null);
  }
  assertEquals(layers.concatenate().apply([plain, masked]).sampleMask, [4]);
  assertEquals(layers.concatenate({ axis: 1 }).apply([plain, masked]).sampleMask, [8]);
  assertEquals(layers.concatenate().apply([plain, plain]).sampleMask, null);
  assertEquals(layers.dot({ axes: 2 }).apply([masked, masked]).sampleMask, null);
});

Deno.test("what is masked changes neither losses nor metrics nor weights", async () => {
  const other = x.map((steps, row) => steps.map((step, i) => counts(row, i) ? step : step.map(() => -7)));
  const labels = y.map((steps, row) => steps.map((step, i) => counts(row, i) ? step : step.map(() => 1e6)));
  const options = { ...QUIET, epochs: 3, batchSize: 10, sampleWeight: weights, validationSplit: 0.2 };
  const [a, b] = [compiled(0), compiled(-7)];
  const first = await a.fit(x, y, options);
  const second = await b.fit(other, labels, options);
  assertEquals(second.history, first.history);
  assertEquals(hashWeights(b), hashWeights(a));
  assertEquals(b.evaluate(other, labels, { sampleWeight: weights }), a.evaluate(x, y, { sampleWeight: weights }));
  assertEquals(b.predict(other), a.predict(x));
  const plain = compiled(-7);
  assertNotEquals((await plain.fit(x, y, options)).history, first.history);
});

Deno.test("a mask of ones gives the bits of no mask", async () => {
  const make = (masked: boolean) => {
    const m = sequential([
      masked
        ? layers.masking({ maskValue: 99, inputShape: [STEPS, WIDTH] })
        : layers.inputLayer({ shape: [STEPS, WIDTH] }),
      layers.dense({ units: 4, activation: "tanh" }),
      layers.dense({ units: 2 }),
    ], { seed: 3 });
    m.compile({ optimizer: "adam", loss: "mse", metrics: ["mae"], weightedMetrics: ["mse"] });
    return m;
  };
  const options = { ...QUIET, epochs: 2, batchSize: 8, sampleWeight: weights };
  const [masked, plain] = [make(true), make(false)];
  assertEquals((await masked.fit(x, y, options)).history, (await plain.fit(x, y, options)).history);
  assertEquals(hashWeights(masked), hashWeights(plain));
});

Deno.test("metrics of every kind leave out what is masked", () => {
  const labels = y.map((steps) => steps.map(([first]) => Number(first > 0)));
  const make = (ports: { metrics: metrics.Metric[] }) => {
    const m = sequential([
      layers.masking({ inputShape: [STEPS, WIDTH] }),
      layers.dense({ units: 1, activation: "sigmoid" }),
    ], { seed: 2 });
    m.compile({ optimizer: "sgd", loss: "binary_crossentropy", ...ports });
    return m;
  };
  const measured = [
    metrics.binaryAccuracy(),
    metrics.precision(),
    metrics.recall(),
    metrics.auc(),
    metrics.meanAbsoluteError(),
  ];
  const m = make({ metrics: measured });
  const found = m.evaluate(x, labels.map((row) => row.map((v) => [v])), { batchSize: 9 }) as Record<string, number>;
  // The rows that count, one sample each.
  const rows = x.flatMap((steps, row) =>
    steps.flatMap((step, i) => counts(row, i) ? [{ step, label: labels[row][i] }] : [])
  );
  const flat = sequential([layers.dense({ units: 1, activation: "sigmoid", inputShape: [WIDTH] })]);
  flat.setWeights(m.getWeights());
  flat.compile({ optimizer: "sgd", loss: "binary_crossentropy", metrics: measured });
  const wanted = flat.evaluate(rows.map(({ step }) => step), rows.map(({ label }) => [label])) as Record<
    string,
    number
  >;
  for (const { name } of measured) {
    assert(Math.abs(found[name] - wanted[name]) < 1e-6, `${name}: ${found[name]}, wanted ${wanted[name]}`);
  }
});

Deno.test("masks give the same bits for 1, 2, 3, 4 and 7 threads", async () => {
  for (const batchSize of [5, 16]) {
    const outcomes = [];
    for (const workers of [1, 2, 3, 4, 7]) {
      const m = compiled();
      const { history } = await m.fit(x, y, { verbose: 0, epochs: 2, batchSize, workers, sampleWeight: weights });
      outcomes.push({ history, weights: hashWeights(m), found: m.evaluate(x, y, { workers, batchSize }) });
    }
    for (const outcome of outcomes) assertEquals(outcome, outcomes[0]);
  }
});

Deno.test("a run with masks goes on to the bit, from a file and within an epoch", async () => {
  const options = { ...QUIET, batchSize: 8 } as const;
  const whole = compiled();
  const { history } = await whole.fit(x, y, { ...options, epochs: 4 });
  const half = compiled();
  await half.fit(x, y, { ...options, epochs: 2 });
  const loaded = await loadModel(half.toBytes());
  assertEquals(loaded.toBytes(), half.toBytes());
  assertEquals(loaded.evaluate(x, y), half.evaluate(x, y));
  await loaded.fit(x, y, { ...options, initialEpoch: 2, epochs: 4 });
  assertEquals(hashWeights(loaded), hashWeights(whole));
  await inFolder(async (folder) => {
    const backup = () => callbacks.backupAndRestore({ path: `${folder}/backup`, saveFreq: 1 });
    const abort = new AbortController();
    let [before, after] = [0, 0];
    const stop = { onTrainBatchEnd: () => void (++before === 8 && abort.abort()) };
    const first = compiled().fit(x, y, { ...options, epochs: 4, signal: abort.signal, callbacks: [backup(), stop] });
    await assertRejects(() => first, DOMException, "aborted");
    const second = compiled();
    const count = { onTrainBatchEnd: () => void after++ };
    const rest = await second.fit(x, y, { ...options, epochs: 4, callbacks: [backup(), count] });
    assertEquals([before, after], [8, 4 * 6 - 8], "steps before the abort and after it");
    assertEquals(rest.history, history);
    assertEquals(hashWeights(second), hashWeights(whole));
  });
});

Deno.test("streams are masked as arrays are", async () => {
  const batches = {
    *[Symbol.iterator]() {
      for (let from = 0; from < ROWS; from += 10) yield { x: x.slice(from, from + 10), y: y.slice(from, from + 10) };
    },
  };
  const [streamed, whole] = [compiled(), compiled()];
  const options = { ...QUIET, epochs: 2, shuffle: false } as const;
  const found = await streamed.fit(batches, { ...QUIET, epochs: 2 });
  const wanted = await whole.fit(x, y, { ...options, batchSize: 10 });
  assertEquals(found.history, wanted.history);
  assertEquals(hashWeights(streamed), hashWeights(whole));
});

Deno.test("gradients of masked losses agree with finite differences, where all is masked as well", () => {
  for (const data of [x, x.map((steps) => steps.map((step) => step.map(() => 0)))]) {
    const report = checkGradients(compiled(), data.slice(0, 9), y.slice(0, 9), { elements: 8, verbose: false });
    // As for other models of some layers: float32 beside float64.
    assert(report.worst.relativeError < 1e-3, report.text);
  }
});

Deno.test("a batch that is masked altogether has the loss 0 and changes nothing that is learnt", async () => {
  const nothing = x.map((steps) => steps.map((step) => step.map(() => 0)));
  const m = sequential([layers.masking({ inputShape: [STEPS, WIDTH] }), layers.dense({ units: 2 })], { seed: 1 });
  m.compile({ optimizer: "sgd", loss: "mse", metrics: ["mae"] });
  const before = hashWeights(m);
  const { history } = await m.fit(nothing, y, { ...QUIET, epochs: 2, batchSize: 8 });
  assertEquals(history.loss, [0, 0]);
  assertEquals(history.mae, [0, 0]);
  assertEquals(hashWeights(m), before);
  assertEquals(m.predict(nothing).shape, [ROWS, STEPS, 2]);
});

Deno.test("a mask is given to a call, saved, and shown", async () => {
  const steps = input({ shape: [STEPS, WIDTH], name: "steps" });
  const mask = input({ shape: [STEPS], name: "mask" });
  const inner = layers.dense({ units: 4, name: "inner" }).apply(steps);
  const sum = new MaskedSum({ name: "sum" }).apply(inner, { mask });
  const m = model({ inputs: { steps, mask }, outputs: layers.dense({ units: 1, name: "out" }).apply(sum) }, {
    seed: 6,
  });
  const given = x.map((steps, row) => steps.map((_, i) => counts(row, i) ? 3 : 0));
  const steady = drawSteps(WIDTH, 3, null);
  const found = m.predict({ steps: steady, mask: given });
  const binary = given.map((steps) => steps.map((v) => Number(v !== 0)));
  assertEquals(m.predict({ steps: steady, mask: binary }), found, "what is not 0 counts");
  assertNotEquals(m.predict({ steps: steady, mask: binary.map((steps) => steps.map(() => 1)) }), found);
  assert(m.summary().includes("inner, mask: mask"), m.summary());
  const { version, model: { nodes } } = JSON.parse(readSafetensors(m.toBytes()).metadata.get("retroprop")!);
  assertEquals([version, nodes[1].options], [2, { mask: { node: -2, output: 0 } }]);
  const again = await loadModel(m.toBytes(), { custom });
  assertEquals(again.predict({ steps: steady, mask: given }).data, found.data);
  assertEquals(again.toBytes(), m.toBytes());
  assertEquals(again.summary(), m.summary());
  const unmasked = new MaskedSum().apply(inner, { mask: null });
  assertEquals(unmasked.node.options, {});
});

Deno.test("a mask goes into a model that is a layer, and out of it", async () => {
  const part = sequential([layers.dense({ units: 4, name: "inner", inputShape: [STEPS, WIDTH] })], {
    name: "part",
    seed: 2,
  });
  const steps = input({ shape: [STEPS, WIDTH], name: "steps" });
  const mask = input({ shape: [STEPS], name: "mask" });
  const make = (y: ReturnType<typeof input>) => {
    const m = model({ inputs: { steps, mask }, outputs: layers.dense({ units: 2, name: "out" }).apply(y) }, {
      seed: 3,
    });
    m.compile({ optimizer: "sgd", loss: "mse" });
    return m;
  };
  const attached = new Attach({ name: "attach" }).apply([steps, mask]);
  assertEquals(attached.sampleMask, [STEPS]);
  const [through, given] = [part.apply(attached), part.apply(steps, { mask })];
  assertEquals([through.sampleMask, given.sampleMask, part.apply(steps).sampleMask], [[STEPS], [STEPS], null]);
  const data = { steps: x, mask: x.map((steps, row) => steps.map((_, i) => Number(counts(row, i)))) };
  const [a, b] = [make(through), make(given)];
  b.setWeights(a.getWeights());
  assertEquals(a.evaluate(data, y), b.evaluate(data, y));
  const none = { ...data, mask: data.mask.map((steps) => steps.map(() => 0)) };
  assertEquals(b.evaluate(none, y).loss, 0);
  const again = await loadModel(b.toBytes());
  assertEquals(again.evaluate(data, y), b.evaluate(data, y));
  assertEquals(again.toBytes(), b.toBytes());
});

Deno.test("the input of a layer that attaches a mask stays without", () => {
  const steps = input({ shape: [STEPS, WIDTH] });
  const mask = input({ shape: [STEPS] });
  const a = new Attach({ name: "attach" }).apply([steps, mask]);
  const [masked, plain] = [a, steps].map((from, i) => layers.dense({ units: 2, name: `out${i}` }).apply(from));
  const m = model({ inputs: [steps, mask], outputs: { masked, plain } });
  m.compile({ optimizer: "sgd", loss: "mse" });
  const none = x.map((steps) => steps.map(() => 0));
  const found = m.evaluate([x, none], { masked: y, plain: y }) as Record<string, number>;
  assertEquals(found.masked_loss, 0);
  assert(found.plain_loss > 0);
});

Deno.test("a trial of a search with masks is fit, to the bit", async () => {
  const rates = [0.01, 0.1];
  const make = ({ learningRate }: { learningRate: number }) => {
    const m = build();
    m.compile({ optimizer: optimizers.adam({ learningRate }), loss: "mse", metrics: ["mae"] });
    return m;
  };
  const [at, end] = [30, ROWS];
  const options = { epochs: 2, batchSize: 8, verbose: 0 } as const;
  const [train, validation] = [[0, at], [at, end]].map(([from, to]) => ({
    x: x.slice(from, to),
    y: y.slice(from, to),
  }));
  for (const workers of [1, 2]) {
    const { trials } = await gridSearch({
      ...options,
      ...train,
      space: { learningRate: rates },
      build: make,
      validation,
      monitor: "val_mae",
      workers,
    });
    assertEquals(trials.length, 2);
    for (const { params, history } of trials) {
      const m = make(params);
      const wanted = await m.fit(train.x, train.y, {
        ...options,
        workers: 1,
        validationData: [validation.x, validation.y],
      });
      assertEquals(history.val_mae, wanted.history.val_mae);
      assertEquals(history.loss, wanted.history.loss);
    }
  }
});

Deno.test("at the edge the mask that changes no prediction is gone, and masking stays", async () => {
  const m = sequential([
    layers.masking({ maskValue: 0.5, inputShape: [STEPS, WIDTH] }),
    layers.dense({ units: 4, activation: "tanh" }),
    layers.dense({ units: 2 }),
  ], { seed: 3 });
  const data = x.map((steps, row) => steps.map((step, i) => counts(row, i) ? step : step.map(() => 0.5)));
  const wanted = m.predict(data).data;
  const module = await import(`data:text/javascript,${encodeURIComponent(toModule(m))}`);
  const found = [load(compileModel(m)).predict(data) as number[], module.predict(data) as number[]];
  for (const values of found) {
    const flat = [values].flat(Infinity) as number[];
    wanted.forEach((value, i) => assert(Math.abs(flat[i] - value) < 1e-5));
  }
});
