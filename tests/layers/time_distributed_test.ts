import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { input, layers, loadModel, model, sequential } from "../../mod.ts";
import { writeSafetensors } from "../../src/files/write_safetensors.ts";
import golden from "../golden/wrappers.json" with { type: "json" };
import { drawNumbers } from "../models/draw_numbers.ts";
import { createSaved } from "./create_saved.ts";
import { checkGoldenLayer, type GoldenLayer } from "./golden_layer.ts";

const { timeDistributed, dense } = layers;

for (const numerics of ["fast", "portable"] as const) {
  for (const [i, given] of (golden.cases as unknown as GoldenLayer[]).entries()) {
    Deno.test(`${given.type} ${i} ${JSON.stringify(given.options)} agrees with PyTorch, ${numerics}`, () =>
      checkGoldenLayer(given, () => createSaved({ type: given.type, config: given.options }), numerics));
  }
}

/** Samples [rows, steps, 2]; the steps from `counts` on are -1, which is masked. */
const sequences = (rows: number, steps: number, counts: readonly number[]): number[][][] =>
  drawNumbers(rows, steps * 2, 3).map((row, i) =>
    Array.from({ length: steps }, (_, t) => t < counts[i] ? row.slice(2 * t, 2 * t + 2) : [-1, -1])
  );

Deno.test("the layer inside sees the mask of each step, and the mask goes on to the loss", () => {
  const x = sequences(3, 4, [4, 1, 2]);
  const y = drawNumbers(12, 2, 5);
  const labels = [0, 1, 2].map((i) => y.slice(4 * i, 4 * i + 4));
  const train = (normalize: layers.Layer): number[] => {
    const m = sequential([layers.masking({ maskValue: -1, inputShape: [4, 2] }), normalize]);
    m.compile({ optimizer: "sgd", loss: "mse" });
    return [0, 1, 2].map(() => m.trainOnBatch(x, labels).loss);
  };
  // Statistics over the steps that count, of all samples; what is masked does not count in the loss.
  assertEquals(
    train(timeDistributed({ layer: layers.batchNormalization() })),
    train(layers.batchNormalization()),
  );
});

Deno.test("a model is applied to every step, and comes back from a file", async () => {
  const step = sequential([dense({ units: 3, activation: "tanh", inputShape: [2] }), dense({ units: 1 })], {
    name: "step",
  });
  const m = sequential([timeDistributed({ layer: step, name: "all", inputShape: [null, 2] })], { seed: 9 });
  m.compile({ optimizer: "adam", loss: "mse" });
  const x = sequences(3, 4, [4, 4, 4]);
  m.trainOnBatch(x, x.map((row) => row.map(([a, b]) => [a * b])));
  assertEquals(m.weights.map(({ name }) => name), [
    "all/step/dense/kernel",
    "all/step/dense/bias",
    "all/step/dense_1/kernel",
    "all/step/dense_1/bias",
  ]);
  const y = m.predict(x).toArray() as number[][][];
  x.forEach((row, i) => row.forEach((sample, t) => assertEquals(step.predict([sample]).data[0], y[i][t][0])));
  const again = await loadModel(m.toBytes());
  assertEquals(again.predict(x), m.predict(x));
  assertEquals(again.weights, m.weights);
  assertEquals(again.toBytes(), m.toBytes());
});

Deno.test("a layer that two wrappers share keeps one set of weights, also in a file", async () => {
  const shared = dense({ units: 2, name: "shared" });
  const x = input({ shape: [3, 2] });
  const outer = timeDistributed({ layer: shared, name: "first" }).apply(x);
  const m = model({ inputs: x, outputs: timeDistributed({ layer: shared, name: "second" }).apply(outer) });
  m.compile({ optimizer: "sgd", loss: "mse" });
  assertEquals(m.weights.map(({ name }) => name), ["first/shared/kernel", "first/shared/bias"]);
  const data = sequences(2, 3, [3, 3]);
  m.trainOnBatch(data, data);
  const again = await loadModel(m.toBytes());
  assertEquals(again.weights, m.weights);
  assertEquals([again.trainOnBatch(data, data), again.weights], [m.trainOnBatch(data, data), m.weights]);
});

Deno.test("a layer inside that is frozen stays as it is", async () => {
  const m = sequential([
    timeDistributed({ layer: dense({ units: 2, trainable: false, name: "inner" }), inputShape: [3, 2] }),
    dense({ units: 2 }),
  ]);
  m.compile({ optimizer: "sgd", loss: "mse" });
  const [kernel] = m.getWeights();
  const data = sequences(2, 3, [3, 3]);
  m.trainOnBatch(data, data);
  assertEquals(m.getWeights()[0], kernel);
  const again = await loadModel(m.toBytes());
  again.trainOnBatch(data, data);
  assertEquals(again.getWeights()[0], kernel);
});

Deno.test("what cannot be applied to steps is named", () => {
  assertThrows(() => timeDistributed({} as never), TypeError, "it must be a layer or a model, got undefined");
  assertThrows(() => timeDistributed({ layer: "dense" as never }), TypeError, 'got "dense"');
  assertThrows(() => timeDistributed({ layer: dense({ units: 1 }), units: 2 } as never), TypeError, "units");
  assertThrows(
    () => sequential([timeDistributed({ layer: layers.conv1d({ filters: 1, kernelSize: 2 }), inputShape: [3, 2] })]),
    TypeError,
    "conv1d",
  );
});

/** The bytes of a model with another description. */
function describe(change: (model: { layers: { config: unknown }[] }) => void): Uint8Array {
  const m = sequential([timeDistributed({ layer: dense({ units: 1 }), inputShape: [2, 2] })]);
  const bytes = m.toBytes();
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  const description = JSON.parse(header.__metadata__.retroprop);
  change(description.model);
  return writeSafetensors([], { retroprop: JSON.stringify(description) });
}

Deno.test("a file whose layers inside are none, or lie too deep, is refused", async () => {
  const inside = (layer: unknown) => describe((m) => m.layers[0].config = { name: "t", inputShape: [2, 2], layer });
  for (
    const [layer, message] of [
      [{ type: 3, config: {} }, "must be a string"],
      [{ type: "dense", config: 5 }, "must be an object"],
      [{ type: "dens", config: {} }, "dens"],
      [{ type: "model", config: { name: "m", model: 3 } }, "must be an object"],
      [{ type: "dense", config: { units: -1 } }, "units"],
      [7, "it must be a layer or a model"],
    ] as const
  ) {
    const error = await assertRejects(() => loadModel(inside(layer)), Error);
    assert(error.name === "FileFormatError" && error.message.includes(message), `${error.name} ${error.message}`);
  }
  let deep: unknown = { type: "dense", config: { name: "d", units: 1 } };
  for (let i = 0; i < 2000; i++) deep = { type: "time_distributed", config: { name: "t", layer: deep } };
  const error = await assertRejects(() => loadModel(inside(deep)), Error);
  assert(/deep in each other/.test(error.message), error.message);
});
