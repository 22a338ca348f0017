import { assertAlmostEquals, assertEquals } from "@std/assert";
import { layers, loadModel, optimizers, schedules, sequential } from "../../mod.ts";
import type { Sequential } from "../../mod.ts";

/** One weight whose gradient is always 1: every step takes the rate off it. */
function line(gradientAccumulationSteps: number | null, asked: number[], more: object = {}): Sequential {
  const schedule = {
    id: "custom",
    config: {},
    at: (step: number) => {
      asked.push(step);
      return 2 ** step;
    },
  };
  const model = sequential([layers.dense({ units: 1, useBias: false, inputShape: [1], ...more })]);
  model.setWeights([[[1000]]]);
  model.compile({ optimizer: optimizers.sgd({ learningRate: schedule, gradientAccumulationSteps }), loss: "mae" });
  return model;
}

const X = [1, 1, 1, 1, 1, 1, 1];
const Y = [0, 0, 0, 0, 0, 0, 0];
const OPTIONS = { batchSize: 1, verbose: 0 } as const;

Deno.test("a schedule is asked with the number of batches, whether gradients are accumulated or not", async () => {
  const taken = async (n: number | null): Promise<number> => {
    const model = line(n, []);
    await model.fit(X, Y, OPTIONS);
    return 1000 - model.getWeights()[0].data[0];
  };
  assertEquals(await taken(null), 127); // 1 + 2 + 4 + 8 + 16 + 32 + 64
  // The rates of the batches 1, 3, 5, and of 2, 5: those that complete a step, as in keras/src/optimizers/base_optimizer.py.
  assertEquals(await taken(2), 2 + 8 + 32);
  assertEquals(await taken(3), 4 + 32);
});

Deno.test("a schedule goes on where it was after save and load, with accumulated gradients", async () => {
  const schedule = { initialLearningRate: 1, decaySteps: 1, decayRate: 2 };
  const build = (): Sequential => {
    const model = line(null, []);
    model.compile({
      optimizer: optimizers.sgd({ learningRate: schedules.exponentialDecay(schedule), gradientAccumulationSteps: 2 }),
      loss: "mae",
    });
    return model;
  };
  const model = build();
  await model.fit(X.slice(0, 3), Y.slice(0, 3), OPTIONS);
  const again = await loadModel(model.toBytes());
  await again.fit(X.slice(0, 3), Y.slice(0, 3), OPTIONS);
  assertEquals(1000 - again.getWeights()[0].data[0], 2 + 8 + 32);
});

Deno.test("constraints and the moving average belong to a step, not to a batch", async () => {
  const model = line(3, [], { kernelConstraint: "unit_norm" });
  await model.fit(X.slice(0, 2), Y.slice(0, 2), OPTIONS);
  assertEquals(model.getWeights()[0].data[0], 1000, "no step, no projection");
  await model.fit(X.slice(0, 1), Y.slice(0, 1), OPTIONS);
  assertAlmostEquals(model.getWeights()[0].data[0], 1, 2e-7); // Keras divides by the norm + 1e-7
  const averaged = line(null, []);
  averaged.compile({
    optimizer: optimizers.sgd({ learningRate: 1, gradientAccumulationSteps: 2, useEma: true, emaMomentum: 0.5 }),
    loss: "mae",
  });
  await averaged.fit(X, Y, OPTIONS);
  // Weights after the three steps: 999, 998, 997; the first average is the weights themselves.
  assertEquals(averaged.getWeights()[0].data[0], 0.5 * (0.5 * 999 + 0.5 * 998) + 0.5 * 997);
});
