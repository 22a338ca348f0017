import { assertEquals } from "@std/assert";
import { layers, loadModel, optimizers } from "../../mod.ts";
import { hashWeights } from "../models/hash_weights.ts";
import { consult, WORKERS } from "./compare_workers.ts";
import { buildRecipe, labelsOf, OUTPUTS, type Recipe, WIDTH, X } from "./recipe.ts";

const recipe: Recipe = {
  layers: () => [
    layers.dense({ units: 21, activation: "gelu", inputShape: [WIDTH] }),
    layers.dropout({ rate: 0.3 }),
    layers.dense({ units: OUTPUTS }),
  ],
  optimizer: optimizers.adam({ learningRate: 0.01, globalClipnorm: 0.1, gradientAccumulationSteps: 4 }),
};
const options = { batchSize: 13, verbose: 0 } as const;

for (const numerics of ["fast", "portable"] as const) {
  Deno.test(`a run that is saved and resumed with another number of workers ends with the same bits, ${numerics}`, async () => {
    const whole = buildRecipe(recipe, numerics);
    await whole.fit(X, labelsOf(recipe), { ...options, epochs: 5, workers: 1 });
    for (const workers of WORKERS) {
      const first = buildRecipe(recipe, numerics);
      await first.fit(X, labelsOf(recipe), { ...options, epochs: 2, workers });
      const bytes = first.toBytes();
      for (const others of WORKERS) {
        const second = await loadModel(bytes);
        await second.fit(X, labelsOf(recipe), { ...options, initialEpoch: 2, epochs: 5, workers: others });
        assertEquals(hashWeights(second), hashWeights(whole), `${workers} workers, then ${others}`);
        assertEquals(second.toBytes(), whole.toBytes(), `the files, ${workers} workers, then ${others}`);
      }
    }
  });
}

Deno.test("evaluate and predict in a callback, while a team serves, change nothing and give the bits of one thread", async () => {
  const seen: Record<number, unknown[]> = { 1: [], 3: [] };
  const weights: string[] = [];
  for (const workers of [1, 3]) {
    const model = buildRecipe(recipe);
    const onTrainBatchEnd = (): void => void seen[workers].push(consult(model, recipe, workers, 33));
    await model.fit(X, labelsOf(recipe), { ...options, epochs: 2, workers, callbacks: [{ onTrainBatchEnd }] });
    weights.push(hashWeights(model));
  }
  assertEquals(seen[3], seen[1]);
  assertEquals(seen[1].length, 12);
  assertEquals(weights[1], weights[0]);
});

Deno.test("a stream, a validation, class weights: the same bits for any number of workers", async () => {
  const y = Array.from({ length: X.length }, (_, i) => i % OUTPUTS);
  const outcomes: unknown[] = [];
  for (const workers of WORKERS) {
    const model = buildRecipe({ ...recipe, loss: undefined });
    model.compile({ optimizer: "nadam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
    const batches = [[0, 7], [7, 12], [12, 45]].map(([from, to]) => ({ x: X.slice(from, to), y: y.slice(from, to) }));
    const stream = { [Symbol.iterator]: () => batches[Symbol.iterator]() };
    const validationData = [X, y] as const;
    const streamed = await model.fit(stream, {
      epochs: 2,
      workers,
      verbose: 0,
      validationData,
      validationBatchSize: 9,
    });
    const split = await model.fit(X, y, { ...options, workers, validationSplit: 0.3, classWeight: { 0: 3, 2: 0.5 } });
    outcomes.push({ streamed: streamed.history, split: split.history, weights: hashWeights(model) });
  }
  for (const outcome of outcomes) assertEquals(outcome, outcomes[0]);
});
