import { assert, assertEquals, assertThrows } from "@std/assert";
import { layers, sequential } from "../../mod.ts";
import { runBatches } from "../../src/training/run_batches.ts";
import { chooseThreads } from "../../src/training/share_batches.ts";
import { type BatchHandler, BatchQueue } from "../../src/workers/batch_queue.ts";
import { CONTROL } from "../../src/workers/control.ts";
import { workerSource } from "../../src/workers/gen/worker_source.ts";
import { drawNumbers } from "../models/draw_numbers.ts";
import { withThreads } from "./fake_threads.ts";
import { buildRecipe, labelsOf, X } from "./recipe.ts";
import { recipe } from "./faulty_fit.ts";

const ROWS = 5;
const WIDTH = 12;

function createModel() {
  return sequential([
    layers.dense({ units: 40, activation: "tanh", inputShape: [WIDTH] }),
    layers.dense({ units: 40, activation: "relu" }),
    layers.dense({ units: 3, activation: "softmax" }),
  ], { seed: 1 });
}

/** Batches of random numbers, and what comes out for them, in the order in which it is read. */
function createHandler(batches: number): BatchHandler & { readonly order: number[]; readonly outputs: number[][] } {
  const x = drawNumbers(batches * ROWS, WIDTH, 3);
  const order: number[] = [];
  const outputs: number[][] = [];
  return {
    order,
    outputs,
    fill: (buffers, batch) => buffers.input("x/0").set(x.slice(batch * ROWS, (batch + 1) * ROWS).flat()),
    take(buffers, batch) {
      order.push(batch);
      outputs.push([...buffers.output("y/0")]);
    },
  };
}

function runAlone(batches: number): number[][] {
  const handler = createHandler(batches);
  runBatches(createModel().network.predictor(ROWS), handler, 0, batches);
  return handler.outputs;
}

function upTo(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

for (const threads of [2, 3, 5]) {
  for (const slots of [1, 2, 7, 64]) {
    Deno.test(`${threads} threads that take batches, ${slots} slots: the bits of one, in order`, () => {
      const batches = 50;
      const { network: { memory }, network } = createModel();
      const handler = createHandler(batches);
      const queue = new BatchQueue(memory, network.predictor(ROWS), { threads, slots, waits: true });
      try {
        queue.run(7, batches, handler);
      } finally {
        queue.close();
      }
      assertEquals(handler.order, upTo(7, batches));
      assertEquals(handler.outputs, runAlone(batches).slice(7));
      assertEquals(memory.isKeeping, false);
      assertEquals(memory.team, null);
    });
  }
}

Deno.test("workers that have not started, or never do: the calling thread does what they leave", async () => {
  for (const source of ["setInterval(() => {}, 1000)", "globalThis.close()", workerSource]) {
    await withThreads({ source: () => source }, async () => {
      const batches = 300;
      const { network: { memory }, network } = createModel();
      const handler = createHandler(batches);
      const queue = new BatchQueue(memory, network.predictor(ROWS), { threads: 3, slots: 8 });
      try {
        queue.run(0, batches, handler);
      } finally {
        queue.close();
      }
      assertEquals(handler.order, upTo(0, batches));
      assertEquals(handler.outputs, runAlone(batches));
      await Promise.resolve();
    });
  }
});

for (const room of [0, 2000]) {
  const where = room === 0 ? "the memory grows" : "the memory has room";
  Deno.test(`what fills and reads the batches may load other programs, which moves the queue, ${where}: no bit changes`, () => {
    const batches = 60;
    const { network: { memory }, network } = createModel();
    const loaded = network.predictor(ROWS);
    const { outputs, fill, take } = createHandler(batches);
    memory.memory.grow(room);
    const bytes = memory.memory.buffer.byteLength;
    const queue = new BatchQueue(memory, loaded, { threads: 3, slots: 8, waits: true });
    const places = new Set<number>();
    const loadAnother = (batch: number): void => {
      places.add(memory.keptAddress);
      memory.load({ ...loaded.program, arenaElements: loaded.program.arenaElements + 65536 * (batch + 1) });
    };
    try {
      queue.run(0, batches, {
        fill(buffers, batch) {
          fill(buffers, batch);
          if (batch % 20 === 19) loadAnother(batch);
        },
        take(buffers, batch) {
          take(buffers, batch);
          if (batch % 10 === 3) loadAnother(batch);
        },
      });
    } finally {
      queue.close();
    }
    assert(places.size > 3, "the queue was moved");
    assertEquals(memory.memory.buffer.byteLength === bytes, room > 0);
    assertEquals(outputs, runAlone(batches));
  });
}

/** A worker that takes the first batch that it gets, and does not bring it back. */
function deadly(deed: string): string {
  const [before, after] = workerSource.split("run(codes[slot]);");
  return `${before}${deed};run(codes[slot]);${after}`;
}

Deno.test("a worker that is lost with a batch: an error that names it; then all goes on", async () => {
  assertEquals(workerSource.split("run(codes[slot]);").length, 2);
  const cases: Readonly<Record<string, string>> = {
    "throw new RangeError('lost with a batch')": "its program failed",
    "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2500)": "it stopped answering",
  };
  for (const [deed, reason] of Object.entries(cases)) {
    await withThreads({ source: (n) => n === 1 ? deadly(deed) : undefined }, async () => {
      const model = createModel();
      const { network } = model;
      const handler = createHandler(2000);
      const queue = new BatchQueue(network.memory, network.predictor(ROWS), { threads: 2, slots: 4, waits: true });
      const error = assertThrows(() => {
        try {
          queue.run(0, 2000, handler);
        } finally {
          queue.close();
        }
      }, Error);
      assert(error.message.includes("worker rank 1 of 2 was lost"), error.message);
      assert(error.message.includes(reason), error.message);
      const x = drawNumbers(40, WIDTH, 9);
      const options = { batchSize: 2 } as const;
      assertEquals(
        model.predict(x, { ...options, workers: 2 }).data,
        model.predict(x, { ...options, workers: 1 }).data,
      );
      await Promise.resolve();
    });
  }
});

Deno.test("evaluate and predict with a number of threads throw if a worker does not start, and work the next time", async () => {
  const y = labelsOf(recipe);
  for (const what of ["evaluate", "predict"] as const) {
    const model = buildRecipe(recipe);
    const run = (workers: number): unknown =>
      what === "predict"
        ? model.predict(X, { workers, batchSize: 7 }).data
        : model.evaluate(X, y, { workers, batchSize: 7 });
    await withThreads({ source: (n) => n === 1 ? "setInterval(() => {}, 1000)" : undefined }, async () => {
      assertThrows(() => run(2), Error, "worker rank 1 of 2 was lost: it did not start");
      assertEquals(run(2), run(1));
      await Promise.resolve();
    });
  }
});

Deno.test("a handler that throws leaves nothing behind", async () => {
  await withThreads({}, async (started) => {
    const model = buildRecipe(recipe);
    const { network: { memory }, network } = model;
    for (let i = 0; i < 3; i++) {
      const queue = new BatchQueue(memory, network.predictor(ROWS), { threads: 3, slots: 4, waits: true });
      assertThrows(
        () => {
          try {
            queue.run(0, 20, {
              fill: () => {},
              take: (_buffers, batch) => {
                if (batch === 11) throw new RangeError("in a metric");
              },
            });
          } finally {
            queue.close();
          }
        },
        RangeError,
        "in a metric",
      );
      assertEquals(memory.isKeeping, false);
    }
    assertEquals(started.length, 2, "workers that were started");
    assertEquals(memory.words[CONTROL.stop], 1);
    await Promise.resolve();
  });
});

Deno.test("threads are chosen by what batches were measured to take, and what starting workers takes", async () => {
  await withThreads({}, async () => { // none is warm
    const fast = { run: 0.1, besides: 0.01 }, slow = { run: 10, besides: 0.1 };
    assertEquals(chooseThreads(fast, 100, 8), 1);
    assertEquals(chooseThreads(fast, 1000, 8), 2);
    assertEquals(chooseThreads(slow, 4, 8), 1);
    assertEquals(chooseThreads(slow, 100, 2), 2);
    assertEquals(chooseThreads(slow, 10_000, 8), 8);
    assertEquals(chooseThreads(slow, 10_000, 1), 1);
    // What only the calling thread can do is the limit.
    assertEquals(chooseThreads({ run: 1, besides: 1 }, 10_000, 8), 2);
    assertEquals(chooseThreads({ run: 0.01, besides: 1 }, 1000, 8), 1);
    await Promise.resolve();
  });
});
