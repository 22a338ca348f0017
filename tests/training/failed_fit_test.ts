import { assert, assertEquals, assertRejects } from "@std/assert";
import { callbacks, type History, layers, NonFiniteError, optimizers, sequential } from "../../mod.ts";
import type { Sequential } from "../../mod.ts";
import { drawNumbers } from "../models/draw_numbers.ts";

type Callback = callbacks.Callback;

const X = drawNumbers(12, 3, 1);
const Y = drawNumbers(12, 1, 2);
const OPTIONS = { epochs: 6, batchSize: 4, verbose: 0 } as const;

function build(learningRate = 0.05, more: object = {}): Sequential {
  const model = sequential([
    layers.dense({ units: 4, activation: "tanh", inputShape: [3] }),
    layers.dense({ units: 1 }),
  ], { seed: 2 });
  model.compile({ optimizer: optimizers.sgd({ learningRate, ...more }), loss: "mse" });
  return model;
}

/** The ways in which a fit ends before its time; each ends it in the epoch of index 3. */
const WAYS: Record<string, (model: Sequential) => { callback: Callback; signal?: AbortSignal; message: string }> = {
  "a callback throws": () => ({
    callback: {
      onEpochBegin: (epoch) => {
        if (epoch === 3) throw new Error("enough");
      },
    },
    message: "enough",
  }),
  "a callback rejects": () => ({
    callback: { onEpochBegin: (epoch) => epoch === 3 ? Promise.reject(new Error("later")) : undefined },
    message: "later",
  }),
  "the signal aborts": () => {
    const controller = new AbortController();
    return {
      callback: {
        onEpochBegin: (epoch) => {
          if (epoch === 3) controller.abort(new Error("aborted"));
        },
      },
      signal: controller.signal,
      message: "aborted",
    };
  },
  "training explodes": (model) => ({
    callback: {
      onEpochBegin: (epoch) => {
        if (epoch === 3) model.learningRate = 3e38;
      },
    },
    message: "Training stopped",
  }),
};

for (const [name, way] of Object.entries(WAYS)) {
  Deno.test(`${name}: the error has the history, onTrainEnd runs, the best weights come back`, async () => {
    const model = build();
    const { callback, signal, message } = way(model);
    const ends: unknown[] = [];
    const best: number[][] = [];
    const notes: Callback = {
      onEpochEnd: (epoch, logs) => {
        logs.score = [3, 1, 2][epoch];
        if (epoch === 1) best.push(...model.getWeights().map((w) => [...w.data]));
      },
      onTrainEnd: (logs, end) => void ends.push(logs.score, end),
    };
    const stopping = callbacks.earlyStopping({ monitor: "score", mode: "min", patience: 9, restoreBestWeights: true });
    const error = await assertRejects(
      () => model.fit(X, Y, { ...OPTIONS, signal, callbacks: [notes, stopping, callback] }),
      Error,
      message,
    );
    const { history } = error as Error & { history: History };
    assertEquals([history.epoch, history.history.score], [[0, 1, 2], [3, 1, 2]]);
    assertEquals(history.history.loss.length, 3);
    assertEquals(Object.keys(error).includes("history"), false, "printing the error prints no numbers");
    assertEquals(ends, [2, { isComplete: false, error }]);
    assertEquals(model.getWeights().map((w) => [...w.data]), best);
    if (error instanceof NonFiniteError) assertEquals(error.history, history);
    model.learningRate = 0.05;
    assertEquals((await model.fit(X, Y, OPTIONS)).epoch.length, 6, "and the model can be trained on");
  });

  if (name === "training explodes") continue; // its average has exploded, too
  Deno.test(`${name}: the moving average takes the place of the weights`, async () => {
    const average = { useEma: true, emaMomentum: 0.5 };
    const whole = build(0.05, average);
    await whole.fit(X, Y, { ...OPTIONS, epochs: 3 });
    const model = build(0.05, average);
    const { callback, signal } = way(model);
    await assertRejects(() => model.fit(X, Y, { ...OPTIONS, signal, callbacks: [callback] }));
    assertEquals(model.getWeights(), whole.getWeights());
  });
}

Deno.test("a fit that fails before its first step leaves the weights alone, average or not", async () => {
  const model = build(0.05, { useEma: true });
  await model.fit(X, Y, OPTIONS);
  model.setWeights(model.getWeights().map((w) => new Float32Array(w.data.length).fill(0.5)));
  const before = model.getWeights();
  for (const hook of ["setModel", "setParams", "initialEpoch", "initialBatch", "onTrainBegin", "onEpochBegin"]) {
    for (
      const fail of [() => Promise.reject(new Error("no")), () => {
        throw new Error("no");
      }]
    ) {
      const error = await assertRejects(
        () => model.fit(X, Y, { ...OPTIONS, callbacks: [{ [hook]: fail }] }),
        Error,
        "no",
      );
      assertEquals((error as Error & { history: History }).history.epoch, []);
    }
  }
  assertEquals(model.getWeights(), before);
});

Deno.test("every onTrainEnd runs whose onTrainBegin did, and the first error is the one that is thrown", async () => {
  const notes: string[] = [];
  const note = (name: string, fail: string[] = []): Callback =>
    Object.fromEntries(["onTrainBegin", "onTrainEnd"].map((hook) => [hook, () => {
      notes.push(`${name} ${hook}`);
      if (fail.includes(hook)) throw new Error(`${name} ${hook}`);
    }]));
  const fit = (list: Callback[]) => build().fit(X, Y, { ...OPTIONS, callbacks: list });
  await assertRejects(() => fit([note("a"), note("b", ["onTrainBegin"]), note("c")]), Error, "b onTrainBegin");
  assertEquals(notes.splice(0), ["a onTrainBegin", "b onTrainBegin", "a onTrainEnd"]);
  await assertRejects(() => fit([note("a", ["onTrainEnd"]), note("b", ["onTrainEnd"])]), Error, "a onTrainEnd");
  assertEquals(notes.splice(0), ["a onTrainBegin", "b onTrainBegin", "a onTrainEnd", "b onTrainEnd"]);
  const enough: Callback = { onEpochEnd: () => Promise.reject(new Error("enough")) };
  await assertRejects(() => fit([note("a", ["onTrainEnd"]), enough]), Error, "enough");
});

Deno.test("after an abort an onTrainEnd that never settles does not keep the fit", async () => {
  const controller = new AbortController();
  const reason = { why: "shut down" };
  const list: Callback[] = [
    { onEpochEnd: () => controller.abort(reason) },
    { onTrainEnd: () => new Promise<void>(() => {}) },
  ];
  const error = await build().fit(X, Y, { ...OPTIONS, signal: controller.signal, callbacks: list }).catch((e) => e);
  assert(error === reason, "the reason itself is thrown");
  assertEquals(error.history.epoch, [0]);
});

Deno.test("a signal that has aborted before the fit begins ends it with the history of no epochs", async () => {
  const model = build();
  const before = model.getWeights();
  for (const reason of [undefined, { why: "too late" }]) {
    const error = await model.fit(X, Y, { ...OPTIONS, signal: AbortSignal.abort(reason) }).catch((e) => e);
    assertEquals([error.history.epoch, error.history.history, error.history.params.epochs], [
      [],
      { loss: [] },
      OPTIONS.epochs,
    ]);
  }
  const text = await model.fit(X, Y, { ...OPTIONS, signal: AbortSignal.abort("text") }).catch((e) => e);
  assertEquals(text, "text");
  assertEquals(model.getWeights(), before);
});

Deno.test("a reason that can carry nothing is thrown as it is", async () => {
  for (const reason of ["text", 7, Object.freeze({})]) {
    const controller = new AbortController();
    const list: Callback[] = [{ onEpochEnd: () => controller.abort(reason) }];
    const found = await build().fit(X, Y, { ...OPTIONS, signal: controller.signal, callbacks: list }).catch((e) => e);
    assert(found === reason);
  }
});

Deno.test("each hook is waited for, with anything that has a then", async () => {
  const notes: string[] = [];
  const later = (hook: string) => (): PromiseLike<unknown> => ({
    then(resolve) {
      setTimeout(() => {
        notes.push(hook);
        resolve?.(null as never);
      }, 1);
      return this as never;
    },
  });
  const hooks = [
    "setModel",
    "setParams",
    "setFit",
    "initialEpoch",
    "initialBatch",
    "onTrainBegin",
    "onEpochBegin",
    "onTrainBatchBegin",
    "onTrainBatchEnd",
    "onTestBegin",
    "onTestEnd",
    "onEpochEnd",
    "onTrainEnd",
  ];
  const callback = Object.fromEntries(hooks.map((hook) => [hook, later(hook)]));
  await build().fit(X, Y, { ...OPTIONS, epochs: 1, batchSize: 12, validationData: [X, Y], callbacks: [callback] });
  assertEquals(notes, hooks);
});

Deno.test("what a callback wants to begin with is checked", async () => {
  for (const bad of [-1, 1.5, NaN, "2", Infinity]) {
    for (const hook of ["initialEpoch", "initialBatch"]) {
      await assertRejects(
        () => build().fit(X, Y, { ...OPTIONS, callbacks: [{ [hook]: () => bad }] }),
        Error,
        `what ${hook} of a callback returns must be`,
      );
    }
  }
});
