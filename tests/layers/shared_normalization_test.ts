import { assertEquals, assertThrows } from "@std/assert";
import { layers, loadModel, type Sequential, sequential } from "../../mod.ts";

/** Mean 2 and variance 1; 20 and 100. */
const ONE = [[1, 10], [3, 30]];
/** Mean 7 and variance 4; 1 and 0. */
const OTHER = [[5, 1], [9, 1]];

function statisticsOf(...models: Sequential[]): number[][][] {
  return models.map((model) => model.getWeights().slice(0, 2).map((w) => [...w.data]));
}

const ADAPTED_TO_ONE = [[2, 20], [1, 100]];
const ADAPTED_TO_OTHER = [[7, 1], [4, 0]];

Deno.test("adapt reaches every model that has the layer, and those that are built afterwards", () => {
  const layer = layers.normalization({ inputShape: [2] });
  const [first, second] = [sequential([layer]), sequential([layer, layers.dense({ units: 1 })])];
  layer.adapt(ONE);
  assertEquals(statisticsOf(first, second), [ADAPTED_TO_ONE, ADAPTED_TO_ONE]);
  const third = sequential([layer, layers.flatten()]);
  assertEquals(statisticsOf(third), [ADAPTED_TO_ONE]);
  assertEquals(third.predict([[3, 30]]).toArray(), [[1, 1]]);
  layer.adapt(OTHER);
  assertEquals(statisticsOf(first, second, third), [ADAPTED_TO_OTHER, ADAPTED_TO_OTHER, ADAPTED_TO_OTHER]);
  assertThrows(() => layer.adapt([[1, 2, 3]]), TypeError, "data must have the layer's 2 features, got 3");
  assertEquals(statisticsOf(first, second, third), [ADAPTED_TO_OTHER, ADAPTED_TO_OTHER, ADAPTED_TO_OTHER]);
});

Deno.test("weights that one model is given are those of the layer in all", async () => {
  const layer = layers.normalization({ inputShape: [2] });
  const [first, second] = [sequential([layer]), sequential([layer])];
  first.setWeights({ "normalization/mean": [7, 1], "normalization/variance": [4, 0] });
  assertEquals(statisticsOf(first, second, sequential([layer])), [
    ADAPTED_TO_OTHER,
    ADAPTED_TO_OTHER,
    ADAPTED_TO_OTHER,
  ]);
  layer.adapt(ONE);
  const bytes = first.toBytes();
  layer.adapt(OTHER);
  second.restore(bytes);
  assertEquals(statisticsOf(first, second), [ADAPTED_TO_ONE, ADAPTED_TO_ONE]);

  const loaded = await loadModel(bytes);
  const again = loaded.layers[0];
  assertEquals(statisticsOf(sequential([again])), [ADAPTED_TO_ONE], "a model of a loaded layer");
});

Deno.test("a model that could not be built leaves the layer as it was", () => {
  const layer = layers.normalization();
  assertThrows(() => sequential([layer, layers.reshape({ targetShape: [5] })]).build([3]), TypeError);
  layer.adapt(ONE);
  const model = sequential([layer]);
  model.build([2]);
  assertEquals(statisticsOf(model), [ADAPTED_TO_ONE]);
});

Deno.test("adapt while a fit runs is what its next step uses", async () => {
  const layer = layers.normalization({ inputShape: [2] });
  layer.adapt(ONE);
  const model = sequential([layer, layers.dense({ units: 1 })]);
  model.compile({ optimizer: "sgd", loss: "mse" });
  const seen: number[][][] = [];
  await model.fit(ONE, [1, 2], {
    epochs: 2,
    verbose: 0,
    callbacks: [{
      onEpochEnd: () => {
        seen.push(...statisticsOf(model));
        layer.adapt(OTHER);
      },
    }],
  });
  assertEquals(seen, [ADAPTED_TO_ONE, ADAPTED_TO_OTHER]);
  assertEquals(statisticsOf(model), [ADAPTED_TO_OTHER]);
});
