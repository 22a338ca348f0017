import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { layers, sequential } from "../../mod.ts";
import type { Sequential } from "../../mod.ts";
import { hashWeights } from "../models/hash_weights.ts";
import { withThreads } from "./fake_threads.ts";
import { failFit, recipe } from "./faulty_fit.ts";
import { buildRecipe, labelsOf, OUTPUTS, type Recipe, WIDTH, X } from "./recipe.ts";

const y = labelsOf(recipe);
const options = { epochs: 2, batchSize: 33, verbose: 0 } as const;

/** What a worker may do instead of starting, and what is said of it. */
const starts: Readonly<Record<string, readonly [source: string, reason: string]>> = {
  "never answers": ["setInterval(() => {}, 1000)", "it did not start within"],
  "throws at once": ['throw new RangeError("thrown at the start")', "thrown at the start"],
  "does not parse": ["let let = 1;", "let"],
  "closes itself": ["globalThis.close()", "ended unasked"],
  "is ended": ["process.exit(4)", "ended unasked, with code 4"],
  "starts too late": ["Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1800)", "it did not start within"],
};
for (const [what, [source, reason]] of Object.entries(starts)) {
  for (const bad of [1, 2]) {
    Deno.test(`worker ${bad} of 2 ${what}: fit rejects, and the next one works`, async () => {
      await withThreads(
        { source: (n) => n === bad ? source : undefined },
        async () => {
          const message = [`worker rank ${bad} of 3 was lost`, reason];
          await failFit(buildRecipe(recipe), { workers: 3, message, steps: 0 });
        },
      );
    });
  }
}

Deno.test("a worker that does not start: evaluate and predict throw, and work the next time", async () => {
  for (const what of ["evaluate", "predict"] as const) {
    const model = buildRecipe(recipe);
    const run = (workers: number): unknown =>
      what === "predict" ? model.predict(X, { workers }).data : model.evaluate(X, y, { workers });
    await withThreads({
      source: (n) => n === 1 ? starts["never answers"][0] : undefined,
    }, async () => {
      assertThrows(() => run(2), Error, "worker rank 1 of 2 was lost: it did not start");
      assertEquals(run(2), run(1));
      await Promise.resolve();
    });
  }
});

/** A model that needs more memory the more samples are in a batch. */
const wide: Recipe = {
  layers:
    () => [layers.dense({ units: 900, activation: "tanh", inputShape: [WIDTH] }), layers.dense({ units: OUTPUTS })],
};

/** Fails the n-th of something for n = 1, 2, … until a fit does not fail any more; returns how often it failed. */
async function failEach(attempt: (n: number) => Promise<"failed" | "done">): Promise<number> {
  for (let n = 1; n < 100; n++) if (await attempt(n) === "done") return n - 1;
  throw new Error("it never stopped failing");
}

async function expectedWeights(recipe: Recipe): Promise<string> {
  const model = buildRecipe(recipe);
  await model.fit(X, y, { ...options, workers: 1 });
  return hashWeights(model);
}

Deno.test("the n-th start of a worker is refused, for n = 1, 2, …: nothing is lost, nothing stays behind", async () => {
  const expected = await expectedWeights(recipe);
  const failures = await failEach(async (n) => {
    let outcome: "failed" | "done" = "done";
    let refuses = true;
    const onStart = (count: number): void => {
      if (refuses && count === n) {
        refuses = false;
        throw new Error("no more threads");
      }
    };
    await withThreads({ onStart }, async () => {
      const model = buildRecipe(recipe);
      const untouched = hashWeights(model);
      try {
        await model.fit(X, y, { ...options, workers: 5 });
      } catch (error) {
        outcome = "failed";
        assertStringIncludes((error as Error).message, "Cannot use 5 threads");
        assertStringIncludes((error as Error).message, "no more threads");
        assertEquals(hashWeights(model), untouched);
        await model.fit(X, y, { ...options, workers: 5 });
      }
      assertEquals(hashWeights(model), expected);
    });
    return outcome;
  });
  assertEquals(failures, 4);
});

/** Lets the n-th request for memory fail, be it for a new one or to grow one, while `body` runs. */
async function withoutMemory(n: number, body: () => Promise<void>): Promise<boolean> {
  const { Memory } = WebAssembly;
  const { grow } = Memory.prototype;
  let requests = 0;
  const request = (): void => {
    if (++requests === n) throw new RangeError("out of memory, by order");
  };
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      request();
      super(descriptor);
    }
  };
  Memory.prototype.grow = function (pages): number {
    request();
    return grow.call(this, pages);
  };
  try {
    await body();
  } finally {
    WebAssembly.Memory = Memory;
    Memory.prototype.grow = grow;
  }
  return requests >= n;
}

for (const workers of [1, 3]) {
  Deno.test(`the n-th request for memory fails, for n = 1, 2, …, with ${workers} workers: a RangeError, and the next try works`, async () => {
    const expected = await expectedWeights(wide);
    const failures = await failEach(async (n) => {
      let failed = false;
      // Batches grow, and with them the memory.
      const train = async (model: Sequential): Promise<void> => {
        await model.fit(X, y, { ...options, workers });
        model.predict(X, { workers, batchSize: 71 });
        model.evaluate(X, y, { workers, batchSize: 50 });
      };
      let model: Sequential | null = null;
      const met = await withoutMemory(n, async () => {
        try {
          model = buildRecipe(wide);
          await train(model);
        } catch (error) {
          failed = true;
          assert(error instanceof RangeError, String(error));
          const { message } = error as RangeError;
          assert(/wanted [\d.]+ [KMG]iB/.test(message), message);
          assert(/the largest (block|buffer) is "/.test(message), message);
        }
      });
      assertEquals(failed, met, "a failed request must be told");
      if (failed) {
        const steps = (model as Sequential | null)?.iteration ?? 0;
        model = model === null || steps > 0 ? buildRecipe(wide) : model;
        await train(model);
      }
      assertEquals(hashWeights(model!), expected);
      return failed ? "failed" : "done";
    });
    assert(failures >= 3, `${failures} requests`);
  });
}

Deno.test("memory that is not to be had: the error says how much was wanted, and what takes the most", () => {
  const build = (units: number) => sequential([layers.dense({ units, inputShape: [100_000] })]);
  const message =
    'Cannot allocate the model\'s memory: at most 4 GiB can be addressed, wanted 14.9 GiB; the largest block is "weights" with 14.9 GiB';
  assertThrows(() => build(40_000), RangeError, message);
  const model = sequential([layers.dense({ units: 30_000, inputShape: [2] })]);
  assertThrows(
    () => model.predict(new Array(40_000).fill([1, 2]), { batchSize: 40_000 }),
    RangeError,
    'the largest buffer is "dense: matmul',
  );
  assertEquals(model.predict([[1, 2]]).shape, [1, 30_000]);
});
