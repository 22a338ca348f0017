import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { layers, sequential } from "../../mod.ts";
import { chooseRanks, readWorkers } from "../../src/training/threads.ts";
import { withThreads } from "./fake_threads.ts";

function mlp(sizes: readonly number[]) {
  const model = sequential(
    sizes.slice(1).map((units, i) =>
      layers.dense({ units, activation: "relu", ...(i === 0 ? { inputShape: [sizes[0]] } : {}) })
    ),
  );
  model.compile({ optimizer: "adam", loss: "mse" });
  return model;
}

/** How many threads `auto` chooses for a long training. */
function choose(sizes: readonly number[], batchSize: number, steps = 1e6): number {
  return chooseRanks("auto", mlp(sizes).trainer.program("train", batchSize).program.cost, steps);
}

Deno.test("auto stays on one thread where barriers cost more than they bring", () => {
  assertEquals(choose([2, 7, 1], 4), 1);
  assertEquals(choose([2, 7, 1], 32), 1);
  assertEquals(choose([20, 64, 64, 3], 32), 1);
});

Deno.test("auto uses every core for a large model, if there are enough steps to pay for the start of workers", () => {
  const cores = Math.min(navigator.hardwareConcurrency, 16);
  assertEquals(choose([784, 512, 512, 10], 32), cores);
  assertEquals(choose([784, 512, 512, 10], 512), cores);
  assertEquals(choose([784, 512, 512, 10], 32, 3), 1);
});

Deno.test("auto starts no worker for small work", async () => {
  await withThreads({}, async (started) => {
    const model = mlp([2, 7, 1]);
    await model.fit([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0], { epochs: 200, batchSize: 4, verbose: 0 });
    model.predict([[0, 1]]);
    model.evaluate([[0, 1]], [1]);
    assertEquals(started.length, 0);
  });
});

Deno.test("workers is a number from 1 to 64, or auto", () => {
  for (const good of [1, 2, 64, "auto"] as const) assertEquals(readWorkers("fit", good), good);
  assertEquals(readWorkers("fit", undefined), "auto");
  for (const bad of [0, -1, 1.5, 65, NaN, "all", null, true]) {
    const error = assertThrows(() => readWorkers("fit", bad), RangeError);
    assertStringIncludes(error.message, 'Cannot fit: workers must be "auto" or an integer from 1 to 64, got');
  }
});
