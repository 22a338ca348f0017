import { assert, assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { layers, sequential } from "../../mod.ts";
import type { Sequential } from "../../mod.ts";
import { drawNumbers } from "./draw_numbers.ts";
import { hashWeights } from "./hash_weights.ts";

const X = drawNumbers(50, 6, 1);
const Y = drawNumbers(50, 2, 2);
const QUIET = { verbose: 0 } as const;

function build(seed: number, numerics: "fast" | "portable" = "fast"): Sequential {
  const model = sequential([
    layers.dense({ units: 17, activation: "relu", inputShape: [6] }),
    layers.dropout({ rate: 0.25 }),
    layers.dense({ units: 5, activation: "gelu", kernelInitializer: "orthogonal" }),
    layers.dropout({ rate: 0.25 }),
    layers.dense({ units: 2, kernelRegularizer: "l2" }),
  ], { seed, numerics });
  model.compile({ optimizer: "adam", loss: "mse" });
  return model;
}

async function trained(seed: number, options: object = {}, numerics?: "portable"): Promise<Sequential> {
  const model = build(seed, numerics);
  await model.fit(X, Y, { epochs: 4, batchSize: 16, ...QUIET, ...options });
  return model;
}

for (const numerics of ["fast", "portable"] as const) {
  Deno.test(`one seed gives the same bits every time, ${numerics}`, async () => {
    assertEquals(hashWeights(build(5, numerics)), hashWeights(build(5, numerics)));
    const [a, b] = [await trained(5, {}, numerics as "portable"), await trained(5, {}, numerics as "portable")];
    assertEquals(hashWeights(a), hashWeights(b));
    assertEquals(a.predict(X), b.predict(X));
  });
}

Deno.test("what was computed in between changes nothing: predictions, evaluations, other batch sizes", async () => {
  const plain = await trained(5);
  const model = build(5);
  model.predict(X, { batchSize: 7 });
  await model.fit(X, Y, {
    epochs: 4,
    batchSize: 16,
    ...QUIET,
    callbacks: [{
      onTrainBatchEnd: (batch) => {
        model.predict(X.slice(0, batch + 3));
        model.evaluate(X, Y, { batchSize: 11 });
      },
    }],
  });
  assertEquals(hashWeights(model), hashWeights(plain));
});

Deno.test("other seeds give other initial weights, other dropout and other shuffles", async () => {
  const hashes = [1, 2, 3, 2 ** 32 + 1, 2 ** 53 - 1].map((seed) => hashWeights(build(seed)));
  assertEquals(new Set(hashes).size, hashes.length);
  assertNotEquals(hashWeights(await trained(5)), hashWeights(await trained(6)));
  const [own, shuffled] = [await trained(5, { shuffle: false }), await trained(5, { seed: 6 })];
  assertNotEquals(hashWeights(own), hashWeights(shuffled), "a shuffle of its own");
  const masked = (seed: number) => {
    const model = sequential([layers.dropout({ rate: 0.5, seed, inputShape: [6] }), layers.dense({ units: 1 })], {
      seed: 1,
    });
    model.compile({ optimizer: "sgd", loss: "mse" });
    return model.trainOnBatch(X, Y.map((row) => [row[0]])).loss;
  };
  assertEquals(masked(1), masked(1));
  assertNotEquals(masked(1), masked(2));
});

Deno.test("dropout differs from step to step and from layer to layer, and is off in predict and evaluate", () => {
  const model = sequential([
    layers.dropout({ rate: 0.5, inputShape: [4000] }),
    layers.dense({ units: 1, kernelInitializer: "ones" }),
  ]);
  model.compile({ optimizer: { id: "sgd", config: { learningRate: 0 } }, loss: "mae" });
  const x = [new Array(4000).fill(1)];
  const losses = [1, 2, 3, 4].map(() => model.trainOnBatch(x, [[0]]).loss);
  assertEquals(new Set(losses).size, 4, "another mask at every step");
  // Kept with probability 1/2 and doubled: mean 4000, standard deviation 2·√(4000/4) = 63.
  for (const loss of losses) assert(Math.abs(loss - 4000) < 6 * 63, `${loss}`);
  assertEquals([model.predict(x).data[0], model.evaluate(x, [[0]]).loss], [4000, 4000]);
  const twice = sequential([
    layers.dropout({ rate: 0.5, inputShape: [4000] }),
    layers.dropout({ rate: 0.5 }),
    layers.dense({ units: 1, kernelInitializer: "ones" }),
  ]);
  twice.compile({ optimizer: { id: "sgd", config: { learningRate: 0 } }, loss: "mae" });
  const kept = twice.trainOnBatch(x, [[0]]).loss / 4;
  assert(
    Math.abs(kept - 1000) < 6 * Math.sqrt(4000 * 3 / 16),
    `two independent masks keep a quarter, found ${kept} of 4000`,
  );
});

Deno.test("predictions do not depend on the batch size, to the bit", async () => {
  const model = await trained(5);
  const whole = model.predict(X);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 50 }), (batchSize, count) => {
      const part = model.predict(X.slice(0, count), { batchSize });
      assertEquals(new Uint32Array(part.data.buffer), new Uint32Array(whole.data.buffer).subarray(0, 2 * count));
    }),
    { seed: 7, numRuns: 100 },
  );
});

Deno.test("a wide model's predictions do not depend on the batch size either", () => {
  const model = sequential([
    layers.dense({ units: 300, activation: "relu", inputShape: [133] }),
    layers.dense({ units: 67, activation: "tanh" }),
    layers.dense({ units: 10, activation: "softmax" }),
  ], { seed: 2 });
  const x = drawNumbers(150, 133, 3);
  const whole = new Uint32Array(model.predict(x, { batchSize: 150 }).data.buffer);
  for (const batchSize of [1, 2, 3, 4, 5, 7, 8, 13, 31, 32, 64, 100, 149]) {
    assertEquals(new Uint32Array(model.predict(x, { batchSize }).data.buffer), whole, `batchSize ${batchSize}`);
  }
});
