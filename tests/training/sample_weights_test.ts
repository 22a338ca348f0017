import { assertAlmostEquals, assertEquals } from "@std/assert";
import { initializers, layers, optimizers, sequential } from "../../mod.ts";
import type { Sequential } from "../../mod.ts";

const X = [[1], [2]];
const Y = [1, 1];
const WEIGHTS = [1, -0.5];

function build(): Sequential {
  const model = sequential([
    layers.dense({ units: 1, kernelInitializer: initializers.zeros(), inputShape: [1] }),
  ]);
  model.compile({
    optimizer: optimizers.sgd({ learningRate: 0.1 }),
    loss: "mse",
    metrics: ["mae"],
    weightedMetrics: ["mse"],
  });
  return model;
}

Deno.test("negative sample weights turn a sample's loss and gradient round, in memory, in a stream and in one batch", async () => {
  // Predictions are 0: losses are (1 · 1 − 0.5 · 1) / 2; dL/dw = (1 · −2 · 1 − 0.5 · −2 · 2) / 2 = 0, dL/db = (1 · −2 − 0.5 · −2) / 2.
  const check = (model: Sequential, logs: Record<string, unknown>): void => {
    assertEquals(logs, { loss: 0.25, mae: 1, mse: 1 });
    const [kernel, bias] = model.getWeights();
    assertEquals(kernel.data[0], 0);
    assertAlmostEquals(bias.data[0], 0.05, 1e-8);
  };
  const last = (history: Record<string, unknown[]>) =>
    Object.fromEntries(Object.entries(history).map(([name, values]) => [name, values.at(-1)]));
  const [memory, stream, batch] = [build(), build(), build()];
  assertEquals(memory.evaluate(X, Y, { sampleWeight: WEIGHTS }), { loss: 0.25, mae: 1, mse: 1 });
  check(memory, last((await memory.fit(X, Y, { sampleWeight: WEIGHTS, shuffle: false, verbose: 0 })).history));
  check(stream, last((await stream.fit([{ x: X, y: Y, sampleWeight: WEIGHTS }], { verbose: 0 })).history));
  check(batch, batch.trainOnBatch(X, Y, { sampleWeight: WEIGHTS }));
});

Deno.test("class weights multiply negative sample weights", () => {
  const [both, one] = [build(), build()];
  both.trainOnBatch(X, [1, 0], { sampleWeight: [-1, 2], classWeight: { 0: 3, 1: 0.5 } });
  one.trainOnBatch(X, [1, 0], { sampleWeight: [-0.5, 6] });
  assertEquals(both.getWeights(), one.getWeights());
});
