import { assert, assertEquals } from "@std/assert";
import { input, layers, model, optimizers, sequential } from "../../mod.ts";
import { diagnose, tryRemedies } from "../../src/explain/explain.ts";
import { layerSamples } from "../layers/samples.ts";
import { STAGE_OUTPUTS, STAGE_WIDTH, stageInputs, stageSample } from "../layers/stage_sample.ts";
import { rebuildModel } from "../../src/models/rebuild_model.ts";
import { drawNumbers } from "../models/draw_numbers.ts";

Deno.test("diagnose takes models of any layers, and makes their beginning again", async () => {
  const y = drawNumbers(5, STAGE_OUTPUTS, 2);
  for (const [type, [sample]] of Object.entries(layerSamples)) {
    const x = stageInputs(sample, drawNumbers(5, STAGE_WIDTH, 1));
    const made = stageSample(sample);
    made.compile({ optimizer: "sgd", loss: "mse" });
    const history = await made.fit(x as never, y as never, { epochs: 2, verbose: 0, workers: 1, batchSize: 5 });
    const { skill, of: { missing, facts } } = diagnose(history, made, { x, y } as never);
    assertEquals([missing, Number.isFinite(skill), facts.start === null], [null, true, false], type);
  }
});

Deno.test("diagnose takes models with several inputs and outputs, indices, and axes of unknown length", async () => {
  const words = input({ shape: [null], name: "words" });
  const size = input({ shape: [2], name: "size" });
  const read = layers.lstm({ units: 4 }).apply(layers.embedding({ inputDim: 9, outputDim: 3 }).apply(words));
  const both = layers.concatenate().apply([read, size]);
  const made = model({
    inputs: { words, size },
    outputs: {
      kind: layers.dense({ units: 3, activation: "softmax", name: "kind" }).apply(both),
      price: layers.dense({ units: 1, name: "price" }).apply(both),
    },
  }, { seed: 1 });
  made.compile({
    optimizer: optimizers.sgd({ learningRate: 1e-7 }),
    loss: { kind: "sparse_categorical_crossentropy", price: "mse" },
    lossWeights: { kind: 1, price: 0.1 },
  });
  const rows = Array.from({ length: 30 }, (_, i) => i);
  const x = {
    words: rows.map((i) => [i % 9, (i * 5) % 9, (i * 7) % 9]),
    size: rows.map((i) => [Math.sin(i), 1000 * Math.cos(i)]),
  };
  const y = { kind: rows.map((i) => i % 3), price: rows.map((i) => Math.sin(3 * i)) };
  const history = await made.fit(x, y, { epochs: 5, verbose: 0, workers: 1 });
  const diagnosis = diagnose(history, made as never, { x, y });
  assertEquals(diagnosis.headline?.rule, "unscaled_inputs", String(diagnosis));
  assertEquals(diagnosis.headline?.evidence.most, "size/2");
  // The mean of the entropy of three equal classes, and a tenth of the variance.
  const prices = y.price;
  const mean = prices.reduce((sum, price) => sum + price, 0) / 30;
  const variance = prices.reduce((sum, price) => sum + (price - mean) ** 2, 0) / 30;
  assert(Math.abs(diagnosis.constantLoss - (Math.log(3) + 0.1 * variance)) < 1e-5);
  const tried = await tryRemedies(diagnosis, { epochs: 2 });
  assert(tried.tried.every(({ error }) => error === null), String(tried));
});

Deno.test("diagnose says what it could not make again, of a model with parts of the user's own", async () => {
  const twice = {
    id: "twice",
    config: {},
    apply: (g: never, x: never) => (g as { ops: { multiply: (a: never, b: number) => never } }).ops.multiply(x, 2),
  };
  const made = sequential([
    layers.dense({ units: 3, activation: twice as never, inputShape: [2] }),
    layers.dense({ units: 1 }),
  ]);
  made.compile({ optimizer: "sgd", loss: "mse" });
  const [x, y] = [[[0, 1], [1, 0], [2, 1]], [0, 1, 3]];
  const history = await made.fit(x, y, { epochs: 3, verbose: 0, workers: 1 });
  const { of: { missing } } = diagnose(history, made, { x, y });
  assert(missing !== null && missing.includes("twice"), `${missing}`);
});

Deno.test("a model that is built again has the weights that its seed draws, also of models and layers inside it", async () => {
  const inner = sequential([layers.dense({ units: 3, activation: "tanh", inputShape: [4] })], { seed: 11 });
  const made = sequential([
    layers.bidirectional({ layer: layers.lstm({ units: 2 }) }),
    inner,
    layers.batchNormalization(),
    layers.dense({ units: 1 }),
  ], { seed: 7 });
  made.build([5, 2]);
  const drawn = made.getWeights().map(({ data }) => [...data]);
  made.compile({ optimizer: optimizers.adam({ learningRate: 0.1 }), loss: "mse" });
  await made.fit(
    drawNumbers(8, 10, 1).map((row) => [0, 1, 2, 3, 4].map((i) => row.slice(2 * i, 2 * i + 2))),
    Array(8).fill(1),
    {
      epochs: 2,
      verbose: 0,
      workers: 1,
    },
  );
  const again = rebuildModel(made as never);
  assertEquals(again.getWeights().map(({ data }) => [...data]), drawn);
  assertEquals(again.isCompiled, false);
  // The layers inside are its own.
  assertEquals(
    inner.getWeights().map(({ data }) => [...data]),
    made.getWeights().slice(6, 8).map(({ data }) => [...data]),
  );
});
