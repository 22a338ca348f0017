import { assert, assertEquals, assertThrows } from "@std/assert";
import { layers, loadModel, sequential } from "../../mod.ts";
import type { ModelOptions, Sequential } from "../../mod.ts";

const build = (options?: ModelOptions): Sequential =>
  sequential(
    [layers.dense({ units: 3, inputShape: [2] }), layers.dropout({ rate: 0.5 }), layers.dense({ units: 1 })],
    options,
  );
const weights = (model: Sequential): number[] => model.getWeights().flatMap(({ data }) => [...data]);

Deno.test("the seed is 0 by default, and models that are built alike are the same", () => {
  assertEquals(build().seed, 0);
  assertEquals(weights(build()), weights(build({ seed: 0 })));
});

Deno.test('seed: "random" draws one, says which, and with it the model can be made again', async () => {
  const x = [[0, 1], [1, 0], [1, 1]];
  const fit = async (model: Sequential): Promise<number[]> => {
    model.compile({ optimizer: "sgd", loss: "mse" });
    await model.fit(x, [[1], [0], [1]], { epochs: 3, batchSize: 1, verbose: 0 });
    return weights(model);
  };
  const models = [1, 2, 3].map(() => build({ seed: "random" }));
  const seeds = models.map(({ seed }) => seed);
  for (const seed of seeds) assert(Number.isSafeInteger(seed) && seed >= 0, String(seed));
  assertEquals(new Set(seeds).size, 3);
  const trained = await Promise.all(models.map(fit));
  assertEquals(new Set(trained.map(String)).size, 3);
  assertEquals(await Promise.all(seeds.map((seed) => fit(build({ seed })))), trained);
  const again = await loadModel(models[0].toBytes());
  assertEquals(again.seed, seeds[0], "a file keeps the seed that was drawn");
});

Deno.test("other seeds are refused", () => {
  for (const seed of ["Random", -1, 0.5, 2 ** 53, NaN, null as never, []]) {
    if (seed === null) continue;
    assertThrows(() => build({ seed: seed as never }), Error, "seed must be an integer from 0");
  }
});
