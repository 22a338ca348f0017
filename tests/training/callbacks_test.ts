import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { layers, optimizers, sequential } from "../../mod.ts";
import type { callbacks, Sequential } from "../../mod.ts";
import { drawNumbers } from "../models/draw_numbers.ts";

type Callback = callbacks.Callback;

const X = drawNumbers(10, 3, 1);
const Y = drawNumbers(10, 1, 2);
const QUIET = { verbose: 0 } as const;

function build(width = 4): Sequential {
  const model = sequential([
    layers.dense({ units: width, activation: "tanh", inputShape: [3] }),
    layers.dense({ units: 1 }),
  ], {
    seed: 2,
  });
  model.compile({ optimizer: optimizers.sgd({ learningRate: 0.1 }), loss: "mse", metrics: ["mae"] });
  return model;
}

/** Notes every call with its number and the keys of its logs. */
function recorder(notes: string[], name = ""): Callback {
  const keys = (logs: object): string => `{${Object.keys(logs).join(" ")}}`;
  return {
    setModel: () => void notes.push(`${name}setModel`),
    setParams: (params) => void notes.push(`${name}setParams ${JSON.stringify(params)}`),
    onTrainBegin: (logs) => void notes.push(`${name}trainBegin ${keys(logs)}`),
    onTrainEnd: (logs) => void notes.push(`${name}trainEnd ${keys(logs)}`),
    onEpochBegin: (epoch, logs) => void notes.push(`${name}epochBegin ${epoch} ${keys(logs)}`),
    onEpochEnd: (epoch, logs) => void notes.push(`${name}epochEnd ${epoch} ${keys(logs)}`),
    onTrainBatchBegin: (batch, logs) => void notes.push(`${name}batchBegin ${batch} ${keys(logs)}`),
    onTrainBatchEnd: (batch, logs) => void notes.push(`${name}batchEnd ${batch} ${keys(logs)}`),
    onTestBegin: (logs) => void notes.push(`${name}testBegin ${keys(logs)}`),
    onTestEnd: () => void notes.push(`${name}testEnd`),
  };
}

Deno.test("callbacks: order and arguments, as in Keras", async () => {
  const notes: string[] = [];
  await build().fit(X, Y, { epochs: 2, batchSize: 4, validationSplit: 0.2, callbacks: [recorder(notes)], ...QUIET });
  const epoch = (n: number): string[] => [
    `epochBegin ${n} {}`,
    "batchBegin 0 {}",
    "batchEnd 0 {loss mae}",
    "batchBegin 1 {}",
    "batchEnd 1 {loss mae}",
    "testBegin {}",
    "testEnd",
    `epochEnd ${n} {loss mae val_loss val_mae}`,
  ];
  assertEquals(notes, [
    "setModel",
    'setParams {"epochs":2,"steps":2,"verbose":0,"validationFreq":1}',
    "trainBegin {}",
    ...epoch(0),
    ...epoch(1),
    "trainEnd {loss mae val_loss val_mae}",
  ]);
});

Deno.test("callbacks run in their order, are waited for, and may be objects of a class", async () => {
  const notes: string[] = [];
  class Slow implements Callback {
    readonly mark = "slow";
    async onEpochEnd(): Promise<void> {
      await new Promise((resolve) => setTimeout(resolve, 5));
      notes.push(this.mark);
    }
  }
  await build().fit(X, Y, {
    epochs: 2,
    callbacks: [new Slow(), { onEpochEnd: () => void notes.push("quick") }],
    ...QUIET,
  });
  assertEquals(notes, ["slow", "quick", "slow", "quick"]);
});

Deno.test("what a callback adds to the logs is in the history; the logs of a batch are running means", async () => {
  const running: number[] = [];
  const history = await build().fit(X, Y, {
    epochs: 2,
    batchSize: 5,
    callbacks: [{
      onTrainBatchEnd: (_, logs) => void running.push(logs.loss as number),
      onEpochEnd: (epoch, logs) => void (logs.twice = 2 * epoch),
    }],
    ...QUIET,
  });
  assertEquals(history.history.twice, [0, 2]);
  assertEquals([running[1], running[3]], history.history.loss);
});

Deno.test("stopTraining ends after the epoch, is false again at the next fit, and the model's weights can be set", async () => {
  const model = build();
  let weights = model.getWeights();
  const callback: Callback = {
    setModel(m) {
      this.onEpochEnd = (epoch) => {
        if (epoch === 1) m.stopTraining = true;
        weights = m.getWeights();
        m.setWeights(weights.map((w) => w));
      };
    },
  };
  const history = await model.fit(X, Y, { epochs: 10, callbacks: [callback], ...QUIET });
  assertEquals(history.epoch, [0, 1]);
  assertEquals(model.getWeights(), weights);
  assertEquals((await model.fit(X, Y, { epochs: 1, ...QUIET })).epoch, [0]);
});

Deno.test("learningRate can be changed while training", async () => {
  const model = build();
  const before: unknown[] = [];
  await model.fit(X, Y, {
    epochs: 3,
    callbacks: [{
      onEpochEnd: (epoch) => {
        if (epoch === 0) model.learningRate = 0;
        before.push(model.getWeights());
      },
    }],
    ...QUIET,
  });
  assertEquals(before[1], before[0], "a rate of 0 changes nothing");
  assertEquals(model.learningRate, 0);
});

Deno.test("a callback that throws ends the fit with its error; the model can be trained on", async () => {
  const model = build();
  const fail = (): void => {
    throw new Error("enough");
  };
  for (
    const hook of [
      "onTrainBegin",
      "onEpochBegin",
      "onTrainBatchBegin",
      "onTrainBatchEnd",
      "onEpochEnd",
      "onTrainEnd",
      "onTestBegin",
      "onTestEnd",
    ]
  ) {
    await assertRejects(
      () => model.fit(X, Y, { callbacks: [{ [hook]: fail }], validationSplit: 0.5, ...QUIET }),
      Error,
      "enough",
    );
    await assertRejects(
      () =>
        model.fit(X, Y, {
          callbacks: [{ [hook]: () => Promise.reject(new Error("later")) }],
          validationSplit: 0.5,
          ...QUIET,
        }),
      Error,
      "later",
    );
  }
  assertEquals((await model.fit(X, Y, QUIET)).epoch, [0]);
});

Deno.test("callbacks that are none are refused before anything changes", async () => {
  const model = build();
  const before = model.getWeights();
  const refuse = (callbacks: unknown, message: string) =>
    assertRejects(() => model.fit(X, Y, { callbacks: callbacks as Callback[], ...QUIET }), TypeError, message);
  await refuse({}, "callbacks must be an array or a callback, got {}");
  await refuse({ onEpochsEnd() {} }, "callbacks must be an array or a callback");
  await refuse([3], "a callback must be an object, got 3");
  await refuse([{ onEpochsEnd() {} }], 'a callback has no "onEpochsEnd"; did you mean "onEpochEnd"?');
  assertEquals(model.getWeights(), before);
});

Deno.test("timers fire while a fit runs, with quick steps and with slow ones", async () => {
  // The fit has far more epochs than pass between some timers: if none fires, it ends by itself, and that is the failure.
  for (const [width, rows, epochs] of [[4, 10, 1_000_000], [512, 4096, 1_000]]) {
    const model = sequential([
      layers.dense({ units: width, activation: "tanh", inputShape: [64] }),
      layers.dense({ units: 1 }),
    ]);
    model.compile({ optimizer: "sgd", loss: "mse" });
    const controller = new AbortController();
    const reason = new Error("enough timers");
    const iterations: number[] = [];
    const timer = setInterval(() => {
      iterations.push(model.iteration);
      if (iterations.length === 5) controller.abort(reason);
    }, 1);
    try {
      const x = drawNumbers(rows, 64, 1);
      const y = drawNumbers(rows, 1, 2);
      const fit = model.fit(x, y, { epochs, batchSize: 256, signal: controller.signal, ...QUIET });
      assert(await assertRejects(() => fit) === reason);
    } finally {
      clearInterval(timer);
    }
    assertEquals(iterations.length, 5);
    assert(iterations[4] > iterations[0], `steps are taken between timers, found ${iterations}`);
  }
});

Deno.test("an aborted fit leaves the model at its last finished step, and it can be trained on", async () => {
  const reason = new Error("the user pressed stop");
  const aborted = build();
  const controller = new AbortController();
  const error = await assertRejects(() =>
    aborted.fit(X, Y, {
      epochs: 5,
      batchSize: 2,
      shuffle: false,
      signal: controller.signal,
      callbacks: [{
        onTrainBatchEnd: (batch) => {
          if (batch === 2 && aborted.iteration === 8) controller.abort(reason);
        },
      }],
      ...QUIET,
    })
  );
  assert(error === reason);
  assertEquals(aborted.iteration, 8);
  // The same eight steps, one by one.
  const stepped = build();
  for (let step = 0; step < 8; step++) {
    const at = 2 * (step % 5);
    stepped.trainOnBatch(X.slice(at, at + 2), Y.slice(at, at + 2));
  }
  assertEquals(aborted.getWeights(), stepped.getWeights());
  assertEquals(aborted.predict(X), stepped.predict(X));
  assertEquals((await aborted.fit(X, Y, { epochs: 1, ...QUIET })).epoch, [0]);
});

Deno.test("a signal that is aborted already, or by a timer, or that is none", async () => {
  const model = build();
  const before = model.getWeights();
  await assertRejects(() => model.fit(X, Y, { signal: AbortSignal.abort(), ...QUIET }), DOMException, "abort");
  assertEquals(model.getWeights(), before);
  const error = await assertRejects(
    () => model.fit(X, Y, { epochs: 1e9, signal: AbortSignal.timeout(60), ...QUIET }),
    DOMException,
  );
  assertEquals(error.name, "TimeoutError");
  assert(model.iteration > 100 && model.getWeights().every((w) => w.data.every(Number.isFinite)));
  await assertRejects(
    () => model.fit(X, Y, { signal: 5 as never, ...QUIET }),
    TypeError,
    "signal must be an AbortSignal, got 5",
  );
});

Deno.test("one fit at a time: a second one and compile are refused, predict and evaluate are not", async () => {
  const model = build();
  const alone = build();
  await alone.fit(X, Y, { epochs: 3, ...QUIET });
  const running = model.fit(X, Y, {
    epochs: 3,
    callbacks: [{ onEpochEnd: () => new Promise<void>((resolve) => setTimeout(resolve, 5)) }],
    ...QUIET,
  });
  await assertRejects(() => model.fit(X, Y, QUIET), Error, "a fit is running");
  assertThrows(() => model.compile({ loss: "mae" }), Error, "a fit is running");
  model.predict(X);
  model.evaluate(X, Y);
  await running;
  assertEquals(model.getWeights(), alone.getWeights());
});

Deno.test("evaluate in the middle of an epoch does not disturb its logs", async () => {
  const expected = (await build().fit(X, Y, { epochs: 2, batchSize: 3, ...QUIET })).history;
  const model = build();
  const history = await model.fit(X, Y, {
    epochs: 2,
    batchSize: 3,
    callbacks: [{ onTrainBatchEnd: () => void model.evaluate(X, Y) }],
    ...QUIET,
  });
  assertEquals(history.history, expected);
});
