import { assert, assertEquals } from "@std/assert";
import { layers, optimizers, sequential } from "../../mod.ts";
import type { Sequential } from "../../mod.ts";
import { drawNumbers } from "../models/draw_numbers.ts";

const MIB = 2 ** 20;

Deno.test("training 784-512-512-10 with Adam takes parameters × (2 + slots) × 4 bytes, activations, staging and 8 MiB at most", async () => {
  const widths = [784, 512, 512, 10];
  const batch = 128;
  const model = sequential([
    layers.dense({ units: 512, activation: "relu", inputShape: [784] }),
    layers.dense({ units: 512, activation: "relu" }),
    layers.dense({ units: 10, activation: "softmax" }),
  ], { seed: 1 });
  model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
  const rows = 300; // two full batches, one of 44, validation in batches of 128 and 44, and predictions
  const x = { data: Float32Array.from(drawNumbers(rows, 784, 1).flat()), shape: [rows, 784] };
  const y = Array.from({ length: rows }, (_, i) => i % 10);
  await model.fit(x, y, { epochs: 2, batchSize: batch, validationData: [x, y], verbose: 0 });
  model.predict(x, { batchSize: batch });
  const parameters = widths.slice(1).reduce((sum, out, i) => sum + out * (widths[i] + 1), 0);
  assertEquals(parameters, 669_706);
  // Every layer's pre-activation, activation and its gradient, for one batch; staging holds x, y and the weights of the loss.
  const activations = 3 * batch * (512 + 512 + 10) * 4;
  const staging = batch * (784 + 1 + 1) * 4;
  const bound = parameters * (2 + 2) * 4 + activations + staging + 8 * MIB;
  const found = model.network.memory.memory.buffer.byteLength;
  assert(found <= bound, `${(found / MIB).toFixed(2)} MiB, at most ${(bound / MIB).toFixed(2)} MiB`);
  assert(found >= parameters * 4 * 4, "and it holds weights, gradients and two slots");
});

Deno.test("the memory does not grow with steps, epochs, evaluations, predictions or compilations", async () => {
  const model = sequential([
    layers.dense({ units: 64, activation: "tanh", inputShape: [32] }),
    layers.dense({ units: 1 }),
  ]);
  const x = drawNumbers(100, 32, 1);
  const y = drawNumbers(100, 1, 2);
  const round = async (optimizer: "adam"): Promise<number> => {
    model.compile({ optimizer, loss: "mse" });
    await model.fit(x, y, { epochs: 3, batchSize: 32, validationSplit: 0.2, verbose: 0 });
    model.evaluate(x, y);
    for (let rows = 1; rows <= 100; rows += 7) model.predict(x.slice(0, rows));
    return model.network.memory.memory.buffer.byteLength;
  };
  const first = await round("adam");
  for (let i = 0; i < 10; i++) assertEquals(await round("adam"), first);
});

Deno.test("batches of every size, in training and prediction, keep the memory bounded", () => {
  const model = sequential([
    layers.dense({ units: 4, activation: "tanh", inputShape: [3] }),
    layers.dense({ units: 1 }),
  ]);
  model.compile({ optimizer: "sgd", loss: "mse" });
  const x = drawNumbers(400, 3, 1);
  const y = drawNumbers(400, 1, 2);
  for (let rows = 1; rows <= 400; rows++) {
    model.trainOnBatch(x.slice(0, rows), y.slice(0, rows));
    model.predictOnBatch(x.slice(0, rows));
  }
  assert(model.network.memory.memory.buffer.byteLength < 2 * MIB, "programs of other sizes are forgotten");
});

const XOR_X = [[0, 0], [0, 1], [1, 0], [1, 1]];

function xor(seed: number): Sequential {
  const model = sequential([
    layers.dense({ units: 7, activation: "sigmoid", inputShape: [2] }),
    layers.dense({ units: 1, activation: "sigmoid" }),
  ], { seed });
  model.compile({ optimizer: optimizers.sgd({ learningRate: 4.5 }), loss: "binary_crossentropy" });
  return model;
}

Deno.test("thousands of fits of one model, and of fresh models, do not grow the process", async () => {
  const one = xor(1);
  /** Fits `times` models; gives the least of the heap and of the resident memory on the way: those after a collection. */
  const repeat = async (times: number, of: (i: number) => Sequential): Promise<{ heap: number; rss: number }> => {
    const least = { heap: Infinity, rss: Infinity };
    for (let i = 0; i < times; i++) {
      await of(i).fit(XOR_X, [0, 1, 1, 0], { epochs: 2, batchSize: 4, verbose: 0 });
      if (i % 20 !== 0) continue;
      const { heapUsed, rss } = Deno.memoryUsage();
      least.heap = Math.min(least.heap, heapUsed);
      least.rss = Math.min(least.rss, rss);
    }
    return least;
  };
  // Between the two measurements lie 8000 models: a leak of one memory each, at least 64 KiB, would be 500 MiB; the heap of one
  // model is about 30 KiB, which would be 240 MiB. When a collection comes is the engine's to say, and memories wait for it: the bounds leave
  // room for a thousand that are not collected yet.
  for (const [what, of] of [["one model", () => one], ["fresh models", xor]] as const) {
    const before = await repeat(3000, of);
    await repeat(5000, of);
    const after = await repeat(3000, of);
    const grown = (name: "heap" | "rss"): number => (after[name] - before[name]) / MIB;
    assert(grown("rss") < 250, `${what}: resident memory grew by ${grown("rss").toFixed(1)} MiB`);
    assert(grown("heap") < 24, `${what}: the heap grew by ${grown("heap").toFixed(1)} MiB`);
  }
});
