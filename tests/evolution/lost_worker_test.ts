import { assertEquals, assertRejects } from "@std/assert";
import { layers, optimizers, type Sequential, sequential } from "../../mod.ts";
import type { LoadedProgram } from "../../src/workers/loaded_program.ts";
import { hashWeights } from "../models/hash_weights.ts";
import { watchRuns } from "../workers/faulty_fit.ts";

const X = Array.from({ length: 8 }, (_, i) => [Math.sin(i), Math.cos(2 * i)]);
const Y = X.map(([a, b]) => a * b);
const options = { batchSize: 8, shuffle: false, verbose: 0 } as const;

function create(optimizer: optimizers.PopulationOptimizer): Sequential {
  const model = sequential([
    layers.dense({ units: 3, activation: "tanh", inputShape: [2] }),
    layers.dense({ units: 1 }),
  ], {
    seed: 2,
  });
  model.compile({ optimizer, loss: "mse" });
  return model;
}

const methods = {
  cmaEs: () => optimizers.cmaEs({ populationSize: 6 }),
  particleSwarm: () => optimizers.particleSwarm({ populationSize: 6 }),
  geneticAlgorithm: () => optimizers.geneticAlgorithm({ populationSize: 6 }),
};

for (const [name, optimizer] of Object.entries(methods)) {
  Deno.test(`${name}: a worker lost in a generation leaves the last one, from which training goes on to the bit`, async () => {
    const two = create(optimizer());
    await two.fit(X, Y, { ...options, epochs: 2, workers: 1 });
    const five = create(optimizer());
    await five.fit(X, Y, { ...options, epochs: 5, workers: 1 });

    const model = create(optimizer());
    let broken: LoadedProgram | null = null;
    let kept = 0;
    const code = (): Int32Array => new Int32Array(model.trainer.memory.memory.buffer, broken!.addresses[1], 1);
    let generations = 0;
    watchRuns(model, (loaded) => {
      // One thread draws so few numbers: a run of two is a generation.
      if (loaded.addresses.length < 2 || ++generations !== 3) return;
      broken = loaded;
      kept = code()[0];
      code()[0] = 1_000_000;
    });
    await assertRejects(() => model.fit(X, Y, { ...options, epochs: 5, workers: 2 }), Error, "was lost");
    assertEquals(hashWeights(model), hashWeights(two));
    code()[0] = kept;
    await model.fit(X, Y, { ...options, epochs: 3, workers: 2 });
    assertEquals(hashWeights(model), hashWeights(five));
  });
}
