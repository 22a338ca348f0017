import { assert, assertEquals, assertNotEquals, assertRejects, assertThrows } from "@std/assert";
import {
  constraints,
  FileFormatError,
  initializers,
  input,
  layers,
  loadModel,
  losses,
  metrics,
  model,
  optimizers,
  regularizers,
  sequential,
} from "../../mod.ts";
import type { FunctionalModel, Sequential } from "../../mod.ts";
import type { layerTable } from "../../src/layers/gen/table.ts";
import { drawNumbers } from "./draw_numbers.ts";
import { hashWeights } from "./hash_weights.ts";
import { inFolder } from "../files/in_folder.ts";

type LayerOptions = layers.LayerOptions;

const shaped = (targetShape: number[]) => layers.reshape({ targetShape, inputShape: [6] });

/** Every layer with every option away from its default; together they cover the table. */
const LAYERS: Record<keyof typeof layerTable, () => (layers.Layer | FunctionalModel)[]> = {
  activation:
    () => [layers.activation({ activation: { id: "elu", config: { alpha: 0.7 } }, name: "a", inputShape: [6] })],
  activity_regularization: () => [
    layers.activityRegularization({ l1: 0.2, l2: 0.3, inputShape: [6] }),
    layers.dense({ units: 2, activityRegularizer: regularizers.l2({ l2: 0.05 }) }),
  ],
  add: () => [layers.add({ name: "sum", inputShape: [6] })],
  alpha_dropout: () => [layers.alphaDropout({ rate: 0.35, noiseShape: [null, 1], seed: 3, inputShape: [6] })],
  average: () => [layers.average({ trainable: false, inputShape: [6] })],
  batch_normalization: () => [
    layers.batchNormalization({
      momentum: 0.7,
      epsilon: 0.02,
      center: false,
      gammaInitializer: "random_normal",
      movingMeanInitializer: initializers.constant({ value: 0.2 }),
      movingVarianceInitializer: initializers.constant({ value: 2 }),
      gammaRegularizer: "l1",
      gammaConstraint: "non_neg",
      inputShape: [6],
    }),
    layers.batchNormalization({ scale: false, betaInitializer: "random_normal", betaRegularizer: "l2" }),
  ],
  concatenate: () => {
    const x = input({ shape: [6] });
    const rows = layers.reshape({ targetShape: [3, 2] }).apply(x);
    return [model({ inputs: x, outputs: layers.concatenate({ axis: 1, name: "both" }).apply([rows, rows]) })];
  },
  cropping1d: () => [shaped([3, 2]), layers.cropping1d({ cropping: [0, 2] })],
  cropping2d: () => [
    shaped([1, 2, 3]),
    layers.cropping2d({ cropping: [[0, 1], [2, 0]], dataFormat: "channels_first" }),
  ],
  dense: () => [
    layers.dense({
      units: 5,
      activation: { id: "leaky_relu", config: { negativeSlope: 0.05 } },
      useBias: true,
      kernelInitializer: initializers.varianceScaling({ scale: 2, mode: "fan_out", distribution: "uniform", seed: 4 }),
      biasInitializer: initializers.randomUniform({ minval: -0.25, maxval: 0.5 }),
      kernelRegularizer: regularizers.l1L2({ l1: 0.03, l2: 0.04 }),
      biasRegularizer: regularizers.l1({ l1: 0.05 }),
      kernelConstraint: constraints.minMaxNorm({ minValue: 0.1, maxValue: 0.9, rate: 0.5, axis: [1] }),
      biasConstraint: constraints.nonNeg(),
      name: "d",
      trainable: false,
      inputShape: [6],
    }),
    layers.dense({
      units: 3,
      useBias: false,
      kernelRegularizer: regularizers.orthogonalRegularizer({ factor: 0.2, mode: "columns" }),
    }),
  ],
  dot: () => {
    const x = input({ shape: [6] });
    const rows = layers.reshape({ targetShape: [3, 2] }).apply(x);
    return [model({ inputs: x, outputs: layers.dot({ axes: [1, -2], normalize: true }).apply([rows, rows]) })];
  },
  dropout: () => [
    layers.dropout({ rate: 0.35, seed: 77, inputShape: [6] }),
    layers.dropout({ rate: 0.1, noiseShape: [1, null] }),
  ],
  elu: () => [layers.elu({ alpha: 0.6, inputShape: [6] })],
  flatten: () => [layers.reshape({ targetShape: [2, 3], inputShape: [6] }), layers.flatten()],
  gaussian_dropout: () => [layers.gaussianDropout({ rate: 0.35, seed: 2 ** 40, inputShape: [6] })],
  gaussian_noise: () => [layers.gaussianNoise({ stddev: 1.5, seed: 5, inputShape: [6] })],
  group_normalization: () => [
    layers.groupNormalization({
      groups: 3,
      axis: 1,
      epsilon: 0.02,
      center: false,
      gammaInitializer: "random_normal",
      gammaRegularizer: "l1",
      gammaConstraint: "non_neg",
      inputShape: [6],
    }),
    layers.groupNormalization({ groups: -1, scale: false, betaInitializer: initializers.constant({ value: 0.4 }) }),
  ],
  input_layer: () => [layers.inputLayer({ shape: [6], name: "in" }), layers.dense({ units: 2 })],
  layer_normalization: () => [
    layers.reshape({ targetShape: [2, 3], inputShape: [6] }),
    layers.layerNormalization({
      axis: [-2, -1],
      epsilon: 0.3,
      betaInitializer: "random_normal",
      gammaInitializer: initializers.constant({ value: 0.4 }),
      betaRegularizer: "l2",
      gammaRegularizer: regularizers.l1({ l1: 0.2 }),
      betaConstraint: constraints.nonNeg(),
      gammaConstraint: constraints.maxNorm({ maxValue: 0.3 }),
    }),
    layers.layerNormalization({ center: false, scale: false }),
  ],
  leaky_relu: () => [layers.leakyReLU({ negativeSlope: 0.15, inputShape: [6] })],
  maximum: () => [layers.maximum({ name: "largest", inputShape: [6] })],
  minimum: () => [layers.minimum({ name: "least", inputShape: [6] })],
  multiply: () => [layers.multiply({ name: "product", inputShape: [6] })],
  normalization: () => [
    layers.normalization({ mean: [1, 2, 3, 4, 5, 6], variance: [6, 5, 4, 3, 2, 1], inputShape: [6] }),
    layers.normalization({ mean: 0.5, variance: 4, invert: true }),
  ],
  permute: () => [shaped([1, 2, 3]), layers.permute({ dims: [3, 1, 2] })],
  prelu: () => [
    layers.prelu({
      alphaInitializer: initializers.constant({ value: 0.3 }),
      alphaRegularizer: "l2",
      alphaConstraint: constraints.maxNorm({ maxValue: 0.5, axis: 0 }),
      inputShape: [6],
    }),
  ],
  relu: () => [layers.reLU({ maxValue: 0.5, negativeSlope: 0.1, threshold: 0.2, inputShape: [6] })],
  repeat_vector: () => [layers.repeatVector({ n: 3, inputShape: [6] })],
  rescaling: () => [layers.rescaling({ scale: -0.3, offset: 0.2, inputShape: [6] })],
  reshape: () => [layers.reshape({ targetShape: [3, -1], inputShape: [6] })],
  rms_normalization: () => [layers.rmsNormalization({ axis: 1, epsilon: 0.01, inputShape: [6] })],
  softmax: () => [layers.softmax({ inputShape: [6] })],
  up_sampling1d: () => [shaped([2, 3]), layers.upSampling1d({ size: 3 })],
  up_sampling2d: () => [shaped([1, 2, 3]), layers.upSampling2d({ size: [3, 1], dataFormat: "channels_first" })],
  zero_padding1d: () => [shaped([2, 3]), layers.zeroPadding1d({ padding: [0, 2], dataFormat: "channels_first" })],
  zero_padding2d: () => [
    shaped([1, 2, 3]),
    layers.zeroPadding2d({ padding: [[0, 1], [2, 0]], dataFormat: "channels_first" }),
  ],
  spatial_dropout1d: () => [
    layers.reshape({ targetShape: [2, 3], inputShape: [6] }),
    layers.spatialDropout1d({ rate: 0.4, seed: 4 }),
  ],
  spatial_dropout2d: () => [
    layers.reshape({ targetShape: [2, 3, 1], inputShape: [6] }),
    layers.spatialDropout2d({ rate: 0.4, dataFormat: "channelsFirst" }),
  ],
  subtract: () => {
    const x = input({ shape: [6] });
    return [model({ inputs: x, outputs: layers.subtract({ name: "rest" }).apply([x, layers.elu().apply(x)]) })];
  },
  unit_normalization: () => [layers.unitNormalization({ axis: [1], inputShape: [6] })],
};

for (const [type, create] of Object.entries(LAYERS)) {
  Deno.test(`a file keeps every option of the layer ${type}`, async () => {
    const model = sequential(create(), { seed: 2 ** 40 + 3, numerics: "portable", name: "kept" });
    const all = model.layers.flatMap((layer) => [layer, ...layer.innerLayers.values()]);
    assert(all.some((layer) => layer.type === type));
    const again = await loadModel(model.toBytes());
    assertEquals(
      again.layers.map((layer) => [layer.type, layer.config]),
      model.layers.map((layer) => [layer.type, layer.config]),
    );
    assertEquals([again.seed, again.numerics, again.name], [model.seed, model.numerics, model.name]);
    assertEquals(again.weights, model.weights);
    assertEquals(again.summary(), model.summary());
    const x = drawNumbers(7, 6, 3);
    assertEquals(again.predict(x), model.predict(x));
    assertEquals(again.toBytes(), model.toBytes());
  });
}

Deno.test("regularizers, constraints and dropout of a loaded model train as those of the model that was saved", async () => {
  const x = drawNumbers(9, 6, 1);
  for (
    const type of [
      "dense",
      "prelu",
      "dropout",
      "alpha_dropout",
      "gaussian_noise",
      "gaussian_dropout",
      "layer_normalization",
      "group_normalization",
    ] as const
  ) {
    const build = (): Sequential => {
      const model = sequential([...LAYERS[type](), layers.flatten(), layers.dense({ units: 2 })], { seed: 4 });
      model.compile({ optimizer: "nadam", loss: "mse" });
      return model;
    };
    const model = build();
    const again = await loadModel(build().toBytes());
    for (const m of [model, again]) await m.fit(x, drawNumbers(9, 2, 2), { epochs: 3, batchSize: 4, verbose: 0 });
    assertEquals(hashWeights(again), hashWeights(model));
  }
});

Deno.test("compile options come back; losses and metrics of one's own cannot be saved and are left out", async () => {
  const model = sequential([layers.dense({ units: 2, activation: "sigmoid", inputShape: [3] })]);
  model.compile({
    optimizer: optimizers.rmsprop({ rho: 0.8, centered: true, weightDecay: 0.01, clipvalue: 0.5 }),
    loss: losses.binaryFocalCrossentropy({ gamma: 3, labelSmoothing: 0.1 }),
    metrics: ["accuracy", metrics.auc({ numThresholds: 50, name: "area" })],
    weightedMetrics: [metrics.precision({ thresholds: 0.3 })],
  });
  const x = drawNumbers(6, 3, 1);
  const y = drawNumbers(6, 2, 2).map((row) => row.map((v) => v > 0 ? 1 : 0));
  const again = await loadModel(model.toBytes());
  assertEquals(again.evaluate(x, y), model.evaluate(x, y));
  assertEquals(
    Object.keys(again.evaluate(x, y)),
    ["loss", "binary_accuracy", "area", "precision"].map((n) =>
      n === "binary_accuracy" ? Object.keys(model.evaluate(x, y))[1] : n
    ),
  );
  assertEquals(again.trainOnBatch(x, y), model.trainOnBatch(x, y));
  assertEquals(again.toBytes(), model.toBytes());
});

/** A layer of a user's: y = x · s + x², with a learned s for each feature. */
class Bend extends layers.Layer {
  readonly power: number;
  constructor(options: LayerOptions & { power?: number } = {}) {
    super("bend", options, ["power"]);
    this.power = options.power ?? 1;
  }
  override get config() {
    return { ...this.commonConfig(), power: this.power };
  }
  protected override build(inputShape: readonly number[]): void {
    this.addWeight({
      name: "s",
      shape: [inputShape[inputShape.length - 1]],
      initializer: initializers.constant({ value: this.power }),
    });
  }
  override call(t: layers.Tracing, x: Parameters<layers.Layer["call"]>[1]) {
    const g = t.graph;
    const scaled = g.apply("scale_columns", [x, t.weight("s"), g.constant(0, t.weight("s").shape)]);
    return g.apply("map", [scaled, g.apply("map", [x], { formula: "square" })], { formula: "add" });
  }
}

Deno.test("a layer of a user's own predicts, trains, and comes back with customLayers", async () => {
  const build = (): Sequential => {
    const model = sequential([new Bend({ inputShape: [3], power: 0.5 }), layers.dense({ units: 1 })], { seed: 3 });
    model.compile({ optimizer: optimizers.sgd({ learningRate: 0.05 }), loss: "mse" });
    return model;
  };
  const model = build();
  assertEquals(model.weights.map((w) => w.name), ["bend/s", "dense/kernel", "dense/bias"]);
  model.setWeights({ "dense/kernel": [[1], [0], [0]] });
  assertEquals(model.predict([[3, 9, 9]]).toArray(), [[3 * 0.5 + 9]]);
  const x = drawNumbers(20, 3, 1);
  const y = x.map((row) => [row.reduce((sum, v) => sum + 2 * v + v * v, 0)]);
  const history = await model.fit(x, y, { epochs: 200, verbose: 0 });
  assert(history.history.loss.at(-1)! < 0.3 * history.history.loss[0], String(history.history.loss));
  assertNotEquals(model.weights[0].value.data[0], 0.5);
  const bytes = model.toBytes();
  await assertRejects(() => loadModel(bytes), FileFormatError, 'Unknown layer "bend"');
  const again = await loadModel(bytes, { customLayers: { bend: (config) => new Bend(config) } });
  assertEquals(again.predict(x), model.predict(x));
  assertEquals((again.layers[0] as Bend).power, 0.5);
  for (const m of [model, again]) await m.fit(x, y, { epochs: 2, verbose: 0 });
  assertEquals(hashWeights(again), hashWeights(model));
});

Deno.test("save and loadModel: by path, by URL, by bytes, by a part of a larger buffer", async () => {
  const model = sequential([layers.dense({ units: 2, inputShape: [3] })], { seed: 1 });
  await inFolder(async (folder) => {
    await model.save(`${folder}/m.safetensors`);
    await model.save(new URL(`file://${folder}/n.safetensors`));
    const bytes = model.toBytes();
    assertEquals(await Deno.readFile(`${folder}/m.safetensors`), bytes);
    for (let shift = 0; shift < 5; shift++) {
      const larger = new Uint8Array(bytes.length + 9);
      larger.set(bytes, shift);
      const again = await loadModel(larger.subarray(shift, shift + bytes.length));
      larger.fill(255);
      assertEquals(hashWeights(again), hashWeights(model), "the weights are copies");
    }
    for (const source of [`${folder}/m.safetensors`, new URL(`file://${folder}/n.safetensors`), bytes]) {
      assertEquals(hashWeights(await loadModel(source)), hashWeights(model));
    }
  });
});

Deno.test("saving where it cannot be: an error that names the path, and the old file stays", async () => {
  const model = sequential([layers.dense({ units: 2, inputShape: [3] })], { seed: 1 });
  await inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/taken`);
    await Deno.writeTextFile(`${folder}/taken/inside`, "old");
    const cases: [string, string][] = [
      [`${folder}/taken`, "it is a directory"],
      [`${folder}/missing/m`, "there is no such file or folder"],
      [`${folder}/taken/inside/m`, "a part of the path is not a folder"],
    ];
    for (const [path, message] of cases) {
      const error = await assertRejects(() => model.save(path), Error, message);
      assert(error.message.startsWith(`Cannot write file "${path}": `), error.message);
    }
    assertEquals(await Deno.readTextFile(`${folder}/taken/inside`), "old");
    assertEquals([...Deno.readDirSync(folder)].map((e) => e.name), ["taken"]);

    await Deno.writeTextFile(`${folder}/kept`, "old");
    await Deno.chmod(folder, 0o555);
    try {
      if (isReadOnly(folder)) await assertRejects(() => model.save(`${folder}/kept`), Error, "there is no permission");
      else await model.save(`${folder}/kept`); // the superuser may write everywhere
    } finally {
      await Deno.chmod(folder, 0o755);
    }
    assert((await Deno.readTextFile(`${folder}/kept`)).length > 0);
  });
  await assertRejects(() => model.save(""), TypeError, "path must be a non-empty string");
  // A device must not be replaced by a file of its name. Without leave to look at it, Deno refuses before that.
  await assertRejects(() => model.save("/dev/full"), Error, 'Cannot write file "/dev/full"');
  assertThrows(() => sequential([layers.dense({ units: 1 })]).toBytes(), Error, "it is not built");
});

function isReadOnly(folder: string): boolean {
  try {
    Deno.writeTextFileSync(`${folder}/probe`, "");
    Deno.removeSync(`${folder}/probe`);
    return false;
  } catch {
    return true;
  }
}

Deno.test("a save that is repeated while others read gives whole files only", async () => {
  const model = sequential([layers.dense({ units: 300, inputShape: [300] })], { seed: 1 });
  await inFolder(async (folder) => {
    const path = `${folder}/m`;
    await model.save(path);
    const writing = (async () => {
      for (let i = 0; i < 10; i++) await model.save(path);
    })();
    for (let i = 0; i < 10; i++) assertEquals(hashWeights(await loadModel(path)).length, 16);
    await writing;
    assertEquals([...Deno.readDirSync(folder)].length, 1);
  });
});
