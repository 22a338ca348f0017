import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { layers, optimizers, schedules, sequential } from "../../mod.ts";
import type { Sequential } from "../../mod.ts";

// deno-lint-ignore no-explicit-any
type Any = any;
const X = [[0, 1], [1, 0], [1, 1], [0, 0]];
const Y = [[1], [0], [1], [0]];

function build(optimizer: Any = optimizers.sgd({ learningRate: 0.1 })): Sequential {
  const model = sequential([layers.dense({ units: 1, inputShape: [2] })], { seed: 1 });
  model.compile({ optimizer, loss: "mse" });
  return model;
}
const weights = (model: Sequential): number[] => model.getWeights().flatMap(({ data }) => [...data]);

/** What is no learning rate, and what is said of it. */
const WRONG: readonly [value: Any, error: typeof TypeError, message: string][] = [
  ["0.01", TypeError, 'a number >= 0, got "0.01"'],
  [NaN, RangeError, "a number >= 0, got NaN"],
  [Infinity, RangeError, "a number >= 0, got Infinity"],
  [-1, RangeError, "a number >= 0, got -1"],
  [1e39, RangeError, "a number that float32 can hold (up to 3.4e38), got 1e+39"],
  [[0.1], TypeError, "a number >= 0, got [0.1]"],
  [null, TypeError, "a number >= 0, got null"],
  [undefined, TypeError, "a number >= 0, got undefined"],
  [true, TypeError, "a number >= 0, got true"],
];

Deno.test("a learning rate is checked where it is set; the weights and the rate that was stay", async () => {
  const model = build();
  await model.fit(X, Y, { epochs: 1, verbose: 0 });
  const before = weights(model);
  for (const [value, error, message] of WRONG) {
    assertThrows(() => model.learningRate = value, error, `learningRate must be ${message}`);
    const fit = model.fit(X, Y, { verbose: 0, callbacks: [{ onEpochBegin: () => void (model.learningRate = value) }] });
    await assertRejects(() => fit, error, message);
  }
  assertThrows(() => model.learningRate = {} as Any, TypeError, "a schedule must be an object from schedules.*");
  assertThrows(() => model.learningRate = { id: "no", config: {} } as Any, RangeError, "exponential_decay");
  assertEquals(model.learningRate, 0.1);
  assertEquals(weights(model), before);
  model.learningRate = {
    id: "exponential_decay",
    config: { initialLearningRate: 0, decaySteps: 1, decayRate: 1 },
  } as Any;
  model.trainOnBatch(X, Y);
  assertEquals(weights(model), before, "a saved schedule is one: its rate is 0");
});

Deno.test("what a schedule of one's own gives is checked at every step, which is named; the weights survive", async () => {
  for (const [value, error, message] of WRONG) {
    const at = (step: number): Any => step < 2 ? 0.1 : value;
    const schedule = { id: "mine", config: {}, at };
    for (const set of ["compile", "setter"]) {
      const [model, expected] = [
        build(set === "compile" ? optimizers.sgd({ learningRate: schedule }) : undefined),
        build(),
      ];
      if (set === "setter") model.learningRate = schedule;
      for (let i = 0; i < 2; i++) expected.trainOnBatch(X, Y);
      const said = `Cannot take step 2: the learning rate of schedule "mine" must be ${message}`;
      await assertRejects(() => model.fit(X, Y, { epochs: 5, batchSize: 4, shuffle: false, verbose: 0 }), error, said);
      assertThrows(() => model.trainOnBatch(X, Y), error, said);
      assertEquals(weights(model), weights(expected));
      assertEquals(model.iteration, 2);
      model.learningRate = schedules.exponentialDecay({ initialLearningRate: 0.1, decaySteps: 1, decayRate: 1 });
      model.trainOnBatch(X, Y);
      expected.trainOnBatch(X, Y);
      assertEquals(weights(model), weights(expected), "training goes on with a rate that is one");
    }
  }
});

Deno.test("the rate of an optimizer of one's own is checked at compile", () => {
  for (const [value, error, message] of WRONG) {
    if (value === undefined) continue;
    const own = { ...optimizers.sgd(), learningRate: value };
    for (const optimizer of [own, Object.freeze(own)]) {
      assertThrows(() => build(optimizer), error, `Cannot compile model: learningRate must be ${message}`);
    }
  }
});

Deno.test("numbers of an optimizer that float32 cannot hold are refused before the step", () => {
  const model = build(optimizers.sgd({ learningRate: 1e20, weightDecay: 1e20 }));
  const before = weights(model);
  assertThrows(
    () => model.trainOnBatch(X, Y),
    RangeError,
    'Cannot take step 0 of optimizer "sgd": its numbers must be finite',
  );
  assertEquals(weights(model), before);
  const own = build({ ...optimizers.sgd(), cells: (step: number) => [step === 1 ? "0.1" : 0] } as Any);
  own.trainOnBatch(X, Y);
  assertThrows(() => own.trainOnBatch(X, Y), TypeError, 'Cannot take step 1 of optimizer "sgd"');
  assertThrows(
    () => build({ ...optimizers.sgd({ momentum: 0.5 }), scalars: [NaN] } as Any).trainOnBatch(X, Y),
    RangeError,
  );
});

Deno.test("an initializer of one's own must give finite numbers, as many as the weight has", () => {
  const make = (initialize: () => Any) => () =>
    sequential([
      layers.dense({ units: 2, inputShape: [2], kernelInitializer: { id: "mine", config: {}, initialize } as Any }),
    ]);
  const what = 'Cannot initialize weight "dense/kernel": its initializer must give';
  assertThrows(make(() => Float32Array.of(1, 2, NaN, 4)), RangeError, `${what} finite numbers, got NaN at element 2`);
  assertThrows(make(() => Float32Array.of(1)), TypeError, `${what} a Float32Array of 4 numbers, got 1 numbers`);
  assertThrows(make(() => [1, 2, 3, 4]), TypeError, `${what} a Float32Array of 4 numbers, got [1, 2, 3, …]`);
});
