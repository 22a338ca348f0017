import { assert, assertEquals, assertRejects } from "@std/assert";
import { hashWeights } from "../models/hash_weights.ts";
import { withThreads } from "./fake_threads.ts";
import { recipe } from "./faulty_fit.ts";
import { buildRecipe, labelsOf, X } from "./recipe.ts";

const y = labelsOf(recipe);
const options = { epochs: 6, batchSize: 13, verbose: 0 } as const;

async function trained(workers: number): Promise<string> {
  const model = buildRecipe(recipe);
  await model.fit(X, y, { ...options, workers });
  return hashWeights(model);
}

Deno.test("fits of several models at once, with workers each: the bits that each gets alone", async () => {
  const alone = await trained(1);
  const yielding = [{ onTrainBatchEnd: () => new Promise<void>((resolve) => setTimeout(resolve, 0)) }];
  const models = Array.from({ length: 4 }, () => buildRecipe(recipe));
  await Promise.all(models.map((model, i) => model.fit(X, y, { ...options, workers: 2 + i % 2, callbacks: yielding })));
  for (const model of models) assertEquals(hashWeights(model), alone);
});

Deno.test("a fit that is aborted in mid-epoch keeps the steps that are done, and the next fit goes on", async () => {
  const outcomes = await Promise.all([1, 3].map(async (workers) => {
    const model = buildRecipe(recipe);
    const controller = new AbortController();
    const onTrainBatchEnd = (): void => {
      if (model.iteration === 8) controller.abort(new Error("enough"));
    };
    const { signal } = controller;
    await assertRejects(
      () => model.fit(X, y, { ...options, workers, signal, callbacks: [{ onTrainBatchEnd }] }),
      Error,
      "enough",
    );
    const [steps, stopped] = [model.iteration, hashWeights(model)];
    await model.fit(X, y, { ...options, workers });
    return { steps, stopped, resumed: hashWeights(model) };
  }));
  assertEquals(outcomes[0].steps, 8);
  assertEquals(outcomes[1], outcomes[0]);
});

Deno.test("an abort by a timer ends a fit with workers", async () => {
  const model = buildRecipe(recipe);
  const fit = model.fit(X, y, { ...options, epochs: 1e9, workers: 2, signal: AbortSignal.timeout(200) });
  await assertRejects(() => fit, DOMException);
  assert(model.iteration > 0);
});

Deno.test("the event loop lives while a fit with workers goes on: timers fire", async () => {
  const model = buildRecipe(recipe);
  const controller = new AbortController();
  const iterations: number[] = [];
  const timer = setInterval(() => {
    iterations.push(model.iteration);
    if (iterations.length === 5) controller.abort(new Error("enough timers"));
  }, 10);
  // Far more epochs than pass between some timers: if none fires, the fit ends by itself, and nothing is rejected.
  const fit = model.fit(X, y, { ...options, epochs: 1e5, workers: 2, signal: controller.signal });
  await assertRejects(() => fit, Error, "enough timers").finally(() => clearInterval(timer));
  assert(iterations[4] > iterations[0], `steps are taken between timers, found ${iterations}`);
});

Deno.test("a callback that throws ends the fit; the team is free for the next one", async () => {
  await withThreads({}, async (started) => {
    const model = buildRecipe(recipe);
    const onEpochEnd = (): void => {
      throw new RangeError("in a callback");
    };
    await assertRejects(
      () => model.fit(X, y, { ...options, workers: 3, callbacks: [{ onEpochEnd }] }),
      RangeError,
      "in a callback",
    );
    await model.fit(X, y, { ...options, workers: 3 });
    assertEquals(started.length, 2, "workers that were started");
  });
});

Deno.test("teams of any size, one after the other, share their workers: also without a turn of the event loop in between", async () => {
  await withThreads({}, async (started) => {
    const model = buildRecipe(recipe);
    const expected = model.predict(X, { workers: 1 });
    for (let i = 0; i < 300; i++) assertEquals(model.predict(X, { workers: 2 + i % 3 }).data, expected.data);
    assertEquals(started.length, 3, "workers that were started");
    for (let i = 0; i < 100; i++) await model.fit(X, y, { ...options, epochs: 1, workers: 2 + i % 3 });
    assertEquals(started.length, 3, "workers that were started");
  });
});
