import { assert, assertEquals, assertThrows } from "@std/assert";
import { layers, sequential } from "../../mod.ts";
import golden from "../golden/embedding.json" with { type: "json" };
import { checkGoldenLayer, type GoldenLayer } from "./golden_layer.ts";

const { positionalEmbedding } = layers;

for (const numerics of ["fast", "portable"] as const) {
  for (const [i, given] of (golden.positional as unknown as GoldenLayer[]).entries()) {
    Deno.test(`${given.type} ${i} ${JSON.stringify(given.options)} agrees with PyTorch, ${numerics}`, () =>
      checkGoldenLayer(given, () => positionalEmbedding(given.options), numerics));
  }
}

Deno.test("angles of long sequences are as exact as float32 frequencies make them", () => {
  const [steps, features] = [3000, 10];
  const m = sequential([positionalEmbedding({ mode: "sinusoidal", inputShape: [steps, features] })]);
  const { data } = m.predict([Array.from({ length: steps }, () => new Array(features).fill(0))]);
  for (let t = 0; t < steps; t += 7) {
    for (let k = 0; k < features; k++) {
      const angle = t / 10000 ** (2 * Math.floor(k / 2) / features);
      const wanted = k % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
      // The frequency has an error of some 2^-24 by e^(b ln a), and the angle one of 2^-24 more.
      const error = Math.abs(data[t * features + k] - wanted);
      assert(error <= 2 ** -23 + angle * 2 ** -20, `${t}, ${k}: ${error}`);
    }
  }
});

Deno.test("a sequence that is longer than the table is an error that says so, and nothing changes", () => {
  const m = sequential([
    layers.embedding({ inputDim: 9, outputDim: 2, inputShape: [null] }),
    positionalEmbedding({ sequenceLength: 4, name: "places" }),
    layers.globalAveragePooling1d(),
    layers.dense({ units: 1 }),
  ]);
  m.compile({ optimizer: "adam", loss: "mse" });
  m.trainOnBatch([[1, 2, 3, 4]], [1]);
  const before = m.toBytes();
  for (const act of [() => m.predict([[1, 2, 3, 4, 5]]), () => m.trainOnBatch([[1, 2, 3, 4, 5]], [1])]) {
    assertThrows(act, RangeError, "it has 4 positions (sequenceLength), so a sequence must not be longer, got 5 steps");
  }
  assertEquals(m.toBytes(), before);
  assertEquals(m.predict([[1, 2]]).shape, [1, 1]);
  assertThrows(() => sequential([positionalEmbedding({ sequenceLength: 4, inputShape: [5, 2] })]), RangeError, "got 5");
  // A table of one row is too short for every length that shapes are tried with, but the shortest.
  assertThrows(
    () => sequential([positionalEmbedding({ sequenceLength: 1, inputShape: [null, 2] })]),
    RangeError,
    "sequenceLength",
  );
});

Deno.test("what a positional embedding is told wrongly, it names", () => {
  assertThrows(() => positionalEmbedding({}), TypeError, "sequenceLength");
  assertThrows(() => positionalEmbedding({ sequenceLength: 0 }), RangeError, "sequenceLength");
  assertThrows(() => positionalEmbedding({ mode: "sine" } as never), RangeError, "mode");
  assertThrows(
    () => positionalEmbedding({ mode: "sinusoidal", sequenceLength: 4 }),
    TypeError,
    'sequenceLength does not go with mode "sinusoidal"',
  );
  assertThrows(() => positionalEmbedding({ sequenceLength: 4, maxWavelength: 9 }), TypeError, "maxWavelength");
  assertThrows(() => positionalEmbedding({ mode: "sinusoidal", maxWavelength: 1 }), RangeError, "maxWavelength");
  assertThrows(
    () => sequential([positionalEmbedding({ sequenceLength: 4, inputShape: [4] })]),
    TypeError,
    "[steps, features]",
  );
});
