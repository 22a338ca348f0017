import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { layers, optimizers, sequential, tensor } from "../../mod.ts";
import type { Evaluation, Sequential, StreamBatch, Tensor } from "../../mod.ts";
import { drawNumbers } from "./draw_numbers.ts";

const X = drawNumbers(22, 3, 1);
const Y = drawNumbers(22, 1, 2);
const WEIGHTS = X.map((_, i) => i % 3 - 0.5);
const QUIET = { verbose: 0 } as const;
const never = new Promise<never>(() => {});

function build(): Sequential {
  const model = sequential([
    layers.dense({ units: 5, activation: "tanh", inputShape: [3] }),
    layers.dropout({ rate: 0.5 }),
    layers.dense({ units: 2 }),
  ], { seed: 2 });
  model.compile({
    optimizer: optimizers.adam({ learningRate: 0.05 }),
    loss: "mse",
    metrics: ["mae"],
    weightedMetrics: ["mse"],
  });
  return model;
}

const LABELS = Y.map(([v]) => [v, -v]);

function* batches(size = 4): Generator<StreamBatch> {
  for (let i = 0; i < X.length; i += size) {
    const end = i + size;
    yield { x: X.slice(i, end), y: LABELS.slice(i, end), sampleWeight: WEIGHTS.slice(i, end) };
  }
}

async function* slowBatches(): AsyncGenerator<StreamBatch> {
  for (const batch of batches()) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    yield batch;
  }
}

Deno.test("evaluate of a stream is that of the same samples in memory, to the bit: at once, or as a promise", async () => {
  const model = build();
  const expected = model.evaluate(X, LABELS, { batchSize: 4, sampleWeight: WEIGHTS });
  const found: Evaluation = model.evaluate(batches());
  assertEquals(found, expected);
  assertEquals(model.evaluate([...batches()]), expected);
  assertEquals(model.evaluate(new Set(batches()), { workers: 2 }), expected);
  const promise: Promise<Evaluation> = model.evaluate(slowBatches());
  assertEquals(await promise, expected);
  const three = model.evaluate(X.slice(0, 12), LABELS.slice(0, 12), {
    batchSize: 4,
    sampleWeight: WEIGHTS.slice(0, 12),
  });
  assertEquals(model.evaluate(batches(), { steps: 3 }), three);
  assertEquals(await model.evaluate(slowBatches(), { steps: 3 }), three);
});

Deno.test("predict of a stream puts the outputs of its batches together: at once, or as a promise", async () => {
  const model = build();
  const expected = model.predict(X, { batchSize: 4 });
  const found: Tensor = model.predict(batches());
  assertEquals(found, expected);
  assertEquals(found.shape, [22, 2]);
  const promise: Promise<Tensor> = model.predict(slowBatches(), { workers: 2 });
  assertEquals(await promise, expected);
  const bare = {
    *[Symbol.iterator]() {
      yield X.slice(0, 5);
      yield tensor(X.slice(5, 6));
      yield { x: X.slice(6) };
    },
  };
  const whole = model.predict(X).data;
  assertEquals(model.predict(bare).data, whole);
  assertEquals(model.predict([{ x: X.slice(0, 7) }, { x: X.slice(7) }]).data, whole);
  assertEquals(model.predict(batches(), { steps: 2 }).data, whole.slice(0, 16));
});

Deno.test("a stream may refill its array for every batch, also where it is evaluated or predicted for", async () => {
  const model = sequential([layers.dense({ units: 1, inputShape: [1] })]);
  model.compile({ optimizer: "sgd", loss: "mse" });
  async function* refilled(): AsyncGenerator<StreamBatch> {
    const x = Object.assign(new Float32Array(1), { shape: [1, 1] });
    for (let i = 1; i < 6; i++) {
      await Promise.resolve();
      x[0] = i;
      yield { x, y: [i] };
    }
  }
  const x = [[1], [2], [3], [4], [5]];
  const { loss } = model.evaluate(x, [1, 2, 3, 4, 5], { batchSize: 1 });
  assertEquals((await model.evaluate(refilled())).loss, loss);
  assertEquals((await model.predict(refilled())).data, model.predict(x).data);
  const history = await model.fit(x, [0, 0, 0, 0, 0], {
    validationData: { [Symbol.asyncIterator]: refilled },
    ...QUIET,
  });
  assertEquals(history.history.val_loss, [model.evaluate(x, [1, 2, 3, 4, 5], { batchSize: 1 }).loss]);
});

Deno.test("validationData may be a stream, which every validation starts anew", async () => {
  const [memory, stream, later] = [build(), build(), build()];
  const options = { epochs: 4, validationFreq: 2, batchSize: 5, ...QUIET };
  const expected = await memory.fit(X, LABELS, {
    ...options,
    validationData: [X, LABELS, WEIGHTS],
    validationBatchSize: 4,
  });
  let closed = 0;
  const anew = {
    *[Symbol.iterator]() {
      try {
        yield* batches();
      } finally {
        closed++;
      }
    },
  };
  const found = await stream.fit(X, LABELS, { ...options, validationData: anew });
  assertEquals(found.history, expected.history);
  assertEquals(closed, 2);
  const slow = await later.fit(X, LABELS, { ...options, validationData: { [Symbol.asyncIterator]: slowBatches } });
  assertEquals(slow.history, expected.history);
  assertEquals(later.getWeights(), memory.getWeights());
});

Deno.test("validationSteps cuts a validation; a generator goes on where the one before left it, and is closed", async () => {
  let [given, closed] = [0, 0];
  function* endless(): Generator<StreamBatch> {
    try {
      for (;;) yield { x: [X[given % 22]], y: [LABELS[given++ % 22]] };
    } finally {
      closed++;
    }
  }
  const model = build();
  const { history } = await model.fit(batches(), {
    epochs: 3,
    stepsPerEpoch: 2,
    validationData: endless(),
    validationSteps: 5,
    ...QUIET,
  });
  assertEquals([history.val_loss.length, given, closed], [3, 15, 1]);
  const once = build().fit(X, LABELS, { epochs: 2, validationData: batches(), ...QUIET });
  await assertRejects(
    () => once,
    TypeError,
    "Cannot validate: the stream gave no batches in epoch 2; a generator runs once",
  );
});

Deno.test("an evaluation of a stream does not disturb what else is counted meanwhile", async () => {
  const model = build();
  const expected = model.evaluate(X, LABELS, { batchSize: 4, sampleWeight: WEIGHTS });
  const [first, second] = [model.evaluate(slowBatches()), model.evaluate(slowBatches())];
  assertEquals(model.evaluate(batches()), expected);
  assertEquals([await first, await second], [expected, expected]);
  const reference = await build().fit(X, LABELS, { epochs: 3, ...QUIET });
  const disturbed = build();
  const history = await disturbed.fit(X, LABELS, {
    epochs: 3,
    callbacks: [{ onTrainBatchEnd: async () => void await disturbed.evaluate(slowBatches()) }],
    ...QUIET,
  });
  assertEquals(history.history, reference.history);
});

Deno.test("compiling a model anew while a stream is evaluated is an error, not a mixture", async () => {
  const model = build();
  const evaluated = model.evaluate(slowBatches());
  model.compile({ loss: "mae" });
  await assertRejects(() => evaluated, Error, "was compiled or restored while its stream was read");
});

Deno.test("a signal ends evaluate, predict and adapt of a stream that waits for ever", async () => {
  const model = build();
  const stuck = {
    async *[Symbol.asyncIterator]() {
      yield { x: X, y: LABELS };
      await never;
    },
  };
  const layer = layers.normalization({ inputShape: [3] });
  const starts = [
    (signal: AbortSignal): Promise<unknown> => model.evaluate(stuck, { signal }),
    (signal: AbortSignal): Promise<unknown> => model.predict(stuck, { signal }),
    (signal: AbortSignal): Promise<unknown> => layer.adapt(stuck, { signal }),
    (signal: AbortSignal): Promise<unknown> => model.fit(X, LABELS, { validationData: stuck, signal, ...QUIET }),
  ];
  for (const start of starts) {
    const controller = new AbortController();
    const started = start(controller.signal);
    const reason = new Error("enough");
    setTimeout(() => controller.abort(reason), 10);
    const late = setTimeout(() => assert(false, "it never settled"), 10_000);
    assert(await assertRejects(() => started) === reason);
    clearTimeout(late);
  }
  // Batches that are always ready leave a timer its turn.
  const always = {
    async *[Symbol.asyncIterator]() {
      for (;;) yield { x: X, y: LABELS };
    },
  };
  await assertRejects(() => model.evaluate(always, { signal: AbortSignal.timeout(60) }), DOMException);
  const aborted = { signal: AbortSignal.abort() };
  assertThrows(() => model.evaluate(X, LABELS, aborted), DOMException);
  assertThrows(() => model.predict(batches(), aborted), DOMException);
  assertEquals(sequential([layer]).predict(X), tensor(X), "nothing was adapted");
});

Deno.test("the error of a batch is thrown, and the stream is closed", async () => {
  const model = build();
  let closed = 0;
  const broken = (batch: unknown) => ({
    *[Symbol.iterator]() {
      try {
        yield { x: X, y: LABELS };
        yield batch as StreamBatch;
      } finally {
        closed++;
      }
    },
  });
  const later = (batch: unknown) => ({
    async *[Symbol.asyncIterator]() {
      yield* broken(batch);
    },
  });
  const nan = { x: [[1, 2, NaN]], y: [[1, 2]] };
  assertThrows(() => model.evaluate(broken(nan)), RangeError, "x has NaN");
  assertThrows(() => model.predict(broken(nan)), RangeError, "x has NaN");
  await assertRejects(() => model.evaluate(later(nan)), RangeError, "x has NaN");
  await assertRejects(() => model.predict(later(nan)), RangeError, "x has NaN");
  assertThrows(() => model.evaluate(broken(3)), TypeError, "a stream must give batches { x, y, sampleWeight? }, got 3");
  assertEquals(closed, 5);
  assertThrows(() => model.evaluate(new Set<StreamBatch>()), TypeError, "Cannot evaluate: the stream gave no batches");
  assertThrows(() => model.predict(new Set([Promise.resolve({ x: X })]) as never), TypeError, "give an async iterable");
});

Deno.test("options that do not go with a stream, or go only with one, are refused", async () => {
  const model = build();
  const no = "does not go with a stream";
  assertThrows(() => model.evaluate(batches(), { batchSize: 2 }), TypeError, `Cannot evaluate: batchSize ${no}`);
  assertThrows(() => model.evaluate(batches(), { sampleWeight: [1] }), TypeError, `sampleWeight ${no}`);
  assertThrows(() => model.predict(batches(), { batchSize: 2 }), TypeError, `Cannot predict: batchSize ${no}`);
  assertThrows(() => model.evaluate(X, LABELS, { steps: 2 }), TypeError, "steps goes with a stream of batches only");
  assertThrows(() => model.predict(X, { steps: 2 }), TypeError, "steps goes with a stream of batches only");
  assertThrows(() => model.evaluate(batches(), { steps: 0 }), RangeError, "steps must be an integer >= 1, got 0");
  assertThrows(() => model.predict(X, { signal: 5 as never }), TypeError, "signal must be an AbortSignal, got 5");
  const refuse = (options: object, message: string): Promise<unknown> =>
    assertRejects(() => model.fit(X, LABELS, { ...options, ...QUIET }), TypeError, message);
  await refuse({ validationData: batches(), validationBatchSize: 2 }, `validationBatchSize ${no}`);
  await refuse(
    { validationData: [X, LABELS], validationSteps: 2 },
    "validationSteps goes with a stream as validationData",
  );
  await refuse({ validationSteps: 2 }, "validationSteps goes with a stream as validationData");
});

Deno.test("what closing a stream throws takes the place of neither an error nor a result", async () => {
  const model = build();
  const expected = model.evaluate(X, LABELS);
  const closing = new Error("the stream's");
  const batch = { x: X, y: LABELS };
  const fails = (value: unknown): Iterable<StreamBatch> => ({
    [Symbol.iterator]: () => ({
      next: () => ({ done: false, value: value as StreamBatch }),
      return() {
        throw closing;
      },
    }),
  });
  const failsLater = (value: unknown): AsyncIterable<StreamBatch> => ({
    [Symbol.asyncIterator]: () => ({
      next: () => Promise.resolve({ done: false, value: value as StreamBatch }),
      return: () => Promise.reject(closing),
    }),
  });
  const told: unknown[] = [];
  const { warn } = console;
  console.warn = (...args) => void told.push(args[1]);
  try {
    assertEquals(model.evaluate(fails(batch), { steps: 1 }).mae, expected.mae);
    assertEquals((await model.evaluate(failsLater(batch), { steps: 1 })).mae, expected.mae);
    assertThrows(() => model.evaluate(fails(7), { steps: 1 }), TypeError, "got 7");
    await assertRejects(() => model.predict(failsLater("a")), TypeError, "x");
    await new Promise((resolve) => setTimeout(resolve, 0));
  } finally {
    console.warn = warn;
  }
  assertEquals(told, [closing, closing, closing, closing]);
});
