import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { layers, sequential } from "../../mod.ts";
import { chooseRanksNow, limitThreads, readWorkers } from "../../src/training/threads.ts";
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

/** How many threads share each of `batches` batches, on a machine that takes `pace` milliseconds for a unit of work. */
function choose(sizes: readonly number[], rows: number, batches: number, pace: number | null): number {
  const { network } = mlp(sizes);
  network.memory.pace = pace;
  return chooseRanksNow(network.memory, "auto", network.predictor(rows).program.cost, batches);
}

Deno.test("a few batches are shared where they are large, by what was measured on this machine", async () => {
  const cores = Math.min(navigator.hardwareConcurrency, 16);
  await withThreads({}, async () => { // none is warm
    assertEquals(choose([2, 7, 1], 32, 3, null), 1);
    assertEquals(choose([784, 512, 512, 10], 32, 3, null), 1);
    assertEquals(choose([784, 512, 512, 10], 16384, 3, null), cores);
    assertEquals(choose([784, 512, 512, 10], 16384, 3, 1e-10), 1); // so fast that it does not pay
    assertEquals(choose([784, 512, 512, 10], 32, 3, 1e-5), cores); // so slow that it does
    await Promise.resolve();
  });
});

Deno.test("what a number of threads asks for is what there is", () => {
  assertEquals(limitThreads(1), 1);
  assertEquals(limitThreads(7), 7);
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
