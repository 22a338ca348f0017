import { assert, assertEquals, assertRejects } from "@std/assert";
import { layers, optimizers, sequential } from "../../mod.ts";
import type { callbacks, Sequential } from "../../mod.ts";

type Callback = callbacks.Callback;
interface Batch {
  x: number[][] | Float32Array & { shape?: number[] };
  y: number[] | Float32Array;
  sampleWeight?: number[] | Float32Array;
}

const QUIET = { verbose: 0 } as const;
const ONE: Batch = { x: [[1], [2]], y: [1, 0] };
const never = new Promise<never>(() => {});

function build(): Sequential {
  const model = sequential([layers.dense({ units: 1, inputShape: [1] })], { seed: 3 });
  model.compile({ optimizer: optimizers.sgd({ learningRate: 0.01 }), loss: "mse" });
  return model;
}

/** What a promise gives; an error, if it gives nothing in ten seconds. */
async function inTime<T>(promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("it never settled")), 10_000);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Runs `body`, and returns what it warned of. */
async function listenToWarnings(body: () => Promise<unknown>): Promise<unknown[][]> {
  const warnings: unknown[][] = [];
  const { warn } = console;
  console.warn = (...args) => void warnings.push(args);
  try {
    await body();
    await new Promise((resolve) => setTimeout(resolve, 0));
  } finally {
    console.warn = warn;
  }
  return warnings;
}

/** A stream of the batches given whose `next` waits where there is none left. */
function stuckAfter(...batches: Batch[]): AsyncIterable<Batch> {
  return {
    async *[Symbol.asyncIterator]() {
      yield* batches;
      await never;
    },
  };
}

Deno.test("a stream may refill its arrays for every batch: each is copied before the next is asked for", async () => {
  const values = [1, 2, 3, 4, 5, 6];
  async function* refilled(later: boolean): AsyncGenerator<Batch> {
    const x: Float32Array & { shape?: number[] } = new Float32Array(1);
    x.shape = [1, 1];
    const [y, sampleWeight] = [new Float32Array(1), new Float32Array(1)];
    for (const value of values) {
      if (later) await Promise.resolve(); // else within next(), before it returns
      x[0] = y[0] = sampleWeight[0] = value;
      yield { x, y, sampleWeight };
    }
  }
  const fresh = values.map((v) => ({ x: [[v]], y: [v], sampleWeight: [v] }));
  const losses: unknown[] = [];
  // A callback that takes its time, so that the stream has all the time it wants.
  const wait = { onTrainBatchBegin: () => new Promise<void>((resolve) => setTimeout(resolve, 1)) };
  const noteLoss = { onTrainBatchEnd: (_: number, logs: Record<string, unknown>) => void losses.push(logs.loss) };
  const expected = build();
  await expected.fit(fresh, { callbacks: [noteLoss], ...QUIET });
  const wanted = losses.splice(0);
  assertEquals(new Set(wanted).size, values.length);
  for (const later of [false, true]) {
    for (const callbacks of [[noteLoss], [wait, noteLoss]]) {
      const model = build();
      await model.fit(refilled(later), { callbacks, ...QUIET });
      assertEquals(losses.splice(0), wanted);
      assertEquals(model.getWeights(), expected.getWeights());
    }
  }
});

Deno.test("an array that is refilled while a callback is waited for has been copied, in batches of any size", async () => {
  const shared = new Float32Array(8);
  const views = [2, 4, 1, 8, 3].map((n) => Object.assign(shared.subarray(0, n), { shape: [n, 1] }));
  const fill = (value: number): void => void shared.forEach((_, i) => shared[i] = value + i);
  const [model, expected] = [build(), build()];
  const stream = {
    *[Symbol.iterator](): Generator<Batch> {
      for (let k = 0; k < views.length; k++) {
        fill(k);
        yield { x: views[k], y: Array(views[k].length).fill(k) };
      }
    },
  };
  await model.fit(stream, {
    callbacks: [{ onTrainBatchBegin: () => Promise.resolve().then(() => fill(99)) }],
    ...QUIET,
  });
  const fresh = views.map(({ length }, k) => ({
    x: Array.from({ length }, (_, i) => [k + i]),
    y: Array<number>(length).fill(k),
  }));
  await expected.fit(fresh, QUIET);
  assertEquals(model.getWeights(), expected.getWeights());
});

Deno.test("a stream may predict with the model while the next step waits for it", async () => {
  const x = [[1], [2], [3]];
  const [model, expected] = [build(), build()];
  const stream = (asked: Sequential | null) => ({
    async *[Symbol.asyncIterator](): AsyncGenerator<Batch> {
      for (let i = 1; i < 5; i++) {
        asked?.predict(x);
        asked?.evaluate(x, [9, 9, 9]);
        yield { x: [[i], [-i]], y: [i, 1] };
      }
    },
  });
  await model.fit(stream(model), QUIET);
  await expected.fit(stream(null), QUIET);
  assertEquals(model.getWeights(), expected.getWeights());
});

Deno.test("a signal ends a fit whose stream waits for ever, at its first batch and at a later one", async () => {
  for (const [steps, batches] of [[0, []], [2, [ONE, ONE]]] as [number, Batch[]][]) {
    const model = build();
    const controller = new AbortController();
    const reason = new Error("enough");
    const fitted = model.fit(stuckAfter(...batches), { signal: controller.signal, ...QUIET });
    setTimeout(() => controller.abort(reason), 10);
    const error = await assertRejects(() => inTime(fitted));
    assert(error === reason);
    assertEquals(model.iteration, steps);
    assertEquals((await model.fit([ONE], QUIET)).epoch, [0], "it can be trained on");
  }
});

Deno.test("a signal ends a fit whose callback waits for ever, whichever hook it is", async () => {
  for (
    const hook of [
      "initialEpoch",
      "onTrainBegin",
      "onEpochBegin",
      "onTrainBatchBegin",
      "onTrainBatchEnd",
      "onTestBegin",
      "onTestEnd",
      "onEpochEnd",
    ]
  ) {
    for (const data of [[ONE], stuckAfter(ONE, ONE)]) {
      const controller = new AbortController();
      const wait = (): Promise<never> => {
        setTimeout(() => controller.abort(new Error(hook)), 1);
        return never;
      };
      const fitted = build().fit(data, {
        stepsPerEpoch: 2,
        signal: controller.signal,
        validationData: [[[1]], [1]],
        callbacks: [{ [hook]: wait }],
        ...QUIET,
      });
      await assertRejects(() => inTime(fitted), Error, hook);
    }
  }
});

Deno.test("one listener serves a whole fit, and is gone after it", async () => {
  const { signal } = new AbortController();
  const counts = { added: 0, removed: 0 };
  const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
  signal.addEventListener = (...args: Parameters<typeof add>) => (counts.added++, add(...args));
  signal.removeEventListener = (...args: Parameters<typeof remove>) => (counts.removed++, remove(...args));
  const slow: Callback = { onTrainBatchEnd: () => Promise.resolve() };
  await build().fit(Array(50).fill(ONE), { signal, callbacks: [slow], ...QUIET });
  assertEquals(counts, { added: 1, removed: 1 });
  await assertRejects(() => build().fit([ONE, 5 as never], { signal, ...QUIET }), TypeError, "got 5");
  assertEquals(counts, { added: 2, removed: 2 });
});

Deno.test("nobody waits for a stream to close: neither after its steps nor when it is stuck in an await", async () => {
  async function* cleansForEver(): AsyncGenerator<Batch> {
    try {
      for (;;) yield ONE;
    } finally {
      await never;
    }
  }
  const model = build();
  const { history } = await inTime(model.fit({ [Symbol.asyncIterator]: cleansForEver }, {
    epochs: 3,
    stepsPerEpoch: 2,
    ...QUIET,
  }));
  assertEquals(history.loss.length, 3);
  const fail: Callback = {
    onTrainBatchEnd() {
      throw new Error("the callback's");
    },
  };
  await assertRejects(
    () => inTime(model.fit(stuckAfter(ONE), { callbacks: [fail], ...QUIET })),
    Error,
    "the callback's",
  );
});

Deno.test("the error that ended a fit is the one that it throws, whatever the stream throws when it is closed", async () => {
  const closing = new Error("the stream's");
  const endless = (later: boolean): Iterable<Batch> | AsyncIterable<Batch> => {
    const next = { done: false, value: ONE } as const;
    return later
      ? {
        [Symbol.asyncIterator]: () => ({
          next: () => Promise.resolve(next),
          return: () => Promise.reject(closing),
        }),
      }
      : {
        [Symbol.iterator]: () => ({
          next: () => next,
          return() {
            throw closing;
          },
        }),
      };
  };
  const fail: Callback = {
    onTrainBatchEnd() {
      throw new Error("the callback's");
    },
  };
  for (const later of [false, true]) {
    const warnings = await listenToWarnings(() =>
      assertRejects(() => build().fit(endless(later), { callbacks: [fail], ...QUIET }), Error, "the callback's")
    );
    assertEquals(warnings, [["retroprop could not close a stream of batches:", closing]]);
    let epochs: number[] = [];
    const told = await listenToWarnings(async () => {
      epochs = (await build().fit(endless(later), { epochs: 2, stepsPerEpoch: 3, ...QUIET })).epoch;
    });
    assertEquals(epochs, [0, 1], "what was trained is not lost");
    assertEquals(told.map(([, error]) => error), [closing, closing]);
  }
});

Deno.test("a stream that has ended or failed by itself is not closed", async () => {
  let closed = 0;
  const stream = (fails: boolean) => ({
    [Symbol.iterator]() {
      let left = 3;
      return {
        next(): IteratorResult<Batch> {
          if (left-- > 0) return { done: false, value: ONE };
          if (fails) throw new Error("the disk is gone");
          return { done: true, value: undefined };
        },
        return(): IteratorResult<Batch> {
          closed++;
          return { done: true, value: undefined };
        },
      };
    },
  });
  await build().fit(stream(false), QUIET);
  await assertRejects(() => build().fit(stream(true), QUIET), Error, "the disk is gone");
  assertEquals(closed, 0);
});

Deno.test("thenables count as promises: of callbacks, of a stream, of its batches", async () => {
  const thenable = <T>(value: T): PromiseLike<T> => ({
    then: (resolve) => (setTimeout(() => resolve?.(value), 1), undefined as never),
  });
  const notes: string[] = [];
  const slow = {
    onEpochEnd: () => ({ then: (resolve: () => void) => setTimeout(() => (notes.push("slow"), resolve()), 5) }),
  } as unknown as Callback;
  let left = 3;
  const stream = {
    [Symbol.asyncIterator]: () => ({
      next: () => thenable(left-- > 0 ? { done: false, value: ONE } : { done: true, value: undefined }),
    }),
  } as unknown as AsyncIterable<Batch>;
  const model = build();
  await model.fit(stream, { callbacks: [slow, { onEpochEnd: () => void notes.push("quick") }], ...QUIET });
  assertEquals([notes, model.iteration], [["slow", "quick"], 3]);
  const promised = new Set([Promise.resolve(ONE), thenable(ONE)]) as unknown as Iterable<Batch>;
  await model.fit(promised, QUIET);
  assertEquals(model.iteration, 5);
  await assertRejects(
    () => model.fit({ [Symbol.iterator]: () => ({ next: () => 7 }) } as unknown as Iterable<Batch>, QUIET),
    TypeError,
    "next() of a stream must give { done, value }, got 7",
  );
});

Deno.test("stopTraining in onTrainBatchEnd stops after that batch, as in Keras: the epoch ends with what was done", async () => {
  const endless = {
    *[Symbol.iterator]() {
      for (;;) yield ONE;
    },
  };
  const endlessLater = {
    async *[Symbol.asyncIterator]() {
      for (;;) yield ONE;
    },
  };
  const x = Array.from({ length: 20 }, () => [1]);
  const y = Array.from({ length: 20 }, () => 0);
  for (const data of [[endless], [endlessLater], [x, y]] as [Batch[]][]) {
    const model = build();
    const notes: string[] = [];
    const stop: Callback = {
      onTrainBatchEnd(batch) {
        if (batch === 2) model.stopTraining = true;
      },
      onTestEnd: () => void notes.push("test"),
      onEpochEnd: (epoch, logs) => void notes.push(`epoch ${epoch} ${Object.keys(logs).join(" ")}`),
      onTrainEnd: () => void notes.push("end"),
    };
    const options = { epochs: 5, callbacks: [stop], validationData: [[[1]], [1]] as const, ...QUIET };
    const [given, labels] = data as unknown as [number[][], number[]];
    const history = labels === undefined
      ? await inTime(model.fit(given as unknown as Batch[], options))
      : await inTime(model.fit(given, labels, { batchSize: 2, ...options }));
    assertEquals([model.iteration, history.epoch], [3, [0]]);
    assertEquals(notes, ["test", "epoch 0 loss val_loss", "end"]);
    assertEquals((await model.fit([ONE, ONE], { epochs: 2, ...QUIET })).epoch, [0, 1], "the next fit begins anew");
  }
});
