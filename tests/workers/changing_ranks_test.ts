import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Sequential } from "../../mod.ts";
import { RandomStream } from "../../src/tensor/random_stream.ts";
import { StepThreads } from "../../src/training/step_threads.ts";
import { hashWeights } from "../models/hash_weights.ts";
import { dyingSource } from "./dying_source.ts";
import { withThreads } from "./fake_threads.ts";
import { recipe as everyBarrier, watchRuns } from "./faulty_fit.ts";
import { firstLayerRecipes } from "./layer_recipes.ts";
import { buildRecipe, labelsOf, type Recipe, X } from "./recipe.ts";

/** A clock that jumps: by 0 to 200 ms each time it is read, so that no number of threads stays the best for long. */
function jumpingClock(seed: number): () => number {
  const random = new RandomStream(seed, 1);
  let now = 0;
  return () => now += 200 * random.nextUniform() ** 3;
}

/** Lets the threads of a model's fits be chosen by a clock of its own, as on a machine with `cores` cores. */
function chooseAtRandom(model: Sequential, cores: number, seed: number): void {
  model.trainer.stepThreads = new StepThreads(model.trainer.memory, { cores, now: jumpingClock(seed) });
}

/** How often the number of threads changed from one run of a program to the next, and which numbers there were. */
function watchThreads(model: Sequential): { changes: number; readonly seen: Set<number> } {
  const watched = { changes: 0, seen: new Set<number>() };
  let last = 1;
  watchRuns(model, ({ program: { ranks } }) => {
    if (ranks !== last) watched.changes++;
    watched.seen.add(last = ranks);
  });
  return watched;
}

/** Gives workers time to start, whatever the machine is doing: after each batch more, until what is to be seen was seen. */
function waitUntil(model: Sequential, isSeen: () => boolean): { onTrainBatchEnd: () => void | Promise<void> } {
  return {
    onTrainBatchEnd() {
      if (isSeen()) return;
      return new Promise((resolve) => setTimeout(resolve, Math.min(20, model.iteration)));
    },
  };
}

const recipes: Readonly<Record<string, Recipe>> = {
  ...firstLayerRecipes,
  "an update with many barriers": everyBarrier,
};
const options = { epochs: 12, batchSize: 13, verbose: 0 } as const;
const outcomeOf = (model: Sequential, history: unknown) => ({ weights: hashWeights(model), history });

for (const [name, recipe] of Object.entries(recipes)) {
  for (const cores of [2, 5]) {
    Deno.test(`${name}: threads that change in the middle of a fit, up to ${cores}, change no bit`, async () => {
      const y = labelsOf(recipe);
      const { sampleWeight } = recipe;
      const validationData = { x: X, y };
      const alone = buildRecipe(recipe);
      const expected = await alone.fit(X, y, { ...options, sampleWeight, validationData, workers: 1 });
      const model = buildRecipe(recipe);
      chooseAtRandom(model, cores, 7);
      const watched = watchThreads(model);
      const isSeen = (): boolean => watched.changes >= 4 && watched.seen.size >= Math.min(3, cores);
      const fit = { ...options, sampleWeight, validationData, callbacks: [waitUntil(model, isSeen)] };
      const { history } = await model.fit(X, y, fit);
      assertEquals(outcomeOf(model, history), outcomeOf(alone, expected.history));
      assert(isSeen(), `${watched.changes} changes, ${[...watched.seen]} threads`);
    });
  }
}

Deno.test("a stream: threads that change in the middle of a fit change no bit", async () => {
  const y = labelsOf(everyBarrier);
  const batches = Array.from({ length: 40 }, (_, i) => {
    const [from, to] = [i % 7, 20 + i % 11];
    return { x: X.slice(from, to), y: y.slice(from, to) };
  });
  const alone = buildRecipe(everyBarrier);
  const expected = await alone.fit(batches, { epochs: 3, verbose: 0, workers: 1 });
  const model = buildRecipe(everyBarrier);
  chooseAtRandom(model, 3, 11);
  const watched = watchThreads(model);
  const isSeen = (): boolean => watched.changes >= 4;
  const { history } = await model.fit(batches, { epochs: 3, verbose: 0, callbacks: [waitUntil(model, isSeen)] });
  assertEquals(outcomeOf(model, history), outcomeOf(alone, expected.history));
  assert(isSeen(), `${watched.changes} changes`);
});

/** Trains with threads that are chosen at random, in a process whose first worker is `source`. */
async function fitWith(
  source: string,
  body: (fit: Promise<unknown>, model: Sequential) => Promise<void>,
): Promise<void> {
  await withThreads({ source: (n) => n === 1 ? source : undefined }, async () => {
    const model = buildRecipe(everyBarrier);
    chooseAtRandom(model, 2, 7);
    const onTrainBatchEnd = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));
    await body(
      model.fit(X, labelsOf(everyBarrier), { ...options, epochs: 60, callbacks: [{ onTrainBatchEnd }] }),
      model,
    );
  });
}

Deno.test("a worker that cannot start leaves a fit that chooses by itself on one thread", async () => {
  const alone = buildRecipe(everyBarrier);
  await alone.fit(X, labelsOf(everyBarrier), { ...options, epochs: 60, workers: 1 });
  const said: string[] = [];
  const { warn } = console;
  console.warn = (text: string): void => void said.push(text);
  try {
    await fitWith("globalThis.close()", async (fit, model) => {
      await fit;
      assertEquals(hashWeights(model), hashWeights(alone));
    });
  } finally {
    console.warn = warn;
  }
  assertEquals(said.map((text) => text.split(":")[0]), ["retroprop trains on one thread"]);
});

Deno.test("a worker that dies in a fit that chooses by itself: it says so, the steps that are done stay", async () => {
  const source = dyingSource({ launch: 4, barrier: 0, deed: "globalThis.close()" });
  await fitWith(source, async (fit, model) => {
    await assertRejects(() => fit, Error, "worker rank 1 of 2 was lost");
    const alone = buildRecipe(everyBarrier);
    const stop = new Error("far enough");
    const onTrainBatchEnd = (): void => {
      if (alone.iteration === model.iteration) throw stop;
    };
    const callbacks = [{ onTrainBatchEnd }];
    await assertRejects(
      () => alone.fit(X, labelsOf(everyBarrier), { ...options, epochs: 60, workers: 1, callbacks }),
      Error,
      "far enough",
    );
    assertEquals(hashWeights(model), hashWeights(alone));
  });
});
