import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { checkGradients, layers, sequential } from "../../mod.ts";
import { createClassifier } from "./create_classifier.ts";
import { hashWeights } from "./hash_weights.ts";

const X = [[0, 0, 1], [0, 1, 0], [1, 0, 0], [1, 1, 1]];
const QUIET = { verbose: 0 } as const;
// deno-lint-ignore no-explicit-any
type Any = any;

type Case = readonly [what: string, x: Any, y: Any, error: typeof TypeError, message: string];
const Y = [0, 1, 2, 0];

/** Data that fit, evaluate and trainOnBatch must refuse alike. */
const DATA: readonly Case[] = [
  ["a ragged x", [[0, 0, 1], [0, 1], [1, 0, 0], [1, 1, 1]], Y, TypeError, "x[1] has 2 numbers, but x[0] has 3"],
  ["a row missing deeper", [[[0, 0, 1]], [[0, 0]]], Y, TypeError, "x[1][0] has 2 numbers, but x[0][0] has 3"],
  ["a number among rows", [[0, 0, 1], 4], Y, TypeError, "x[1] must be an array as x[0] is, got 4"],
  [
    "a wrong width",
    [[0, 1], [1, 0]],
    [0, 1],
    TypeError,
    'layer "hidden" takes samples of shape [3], so x must have shape [batch, 3], got [2, 2]',
  ],
  ["a wrong rank", [[[0, 0, 1]], [[0, 0, 1]]], [0, 1], TypeError, "must have shape [batch, 3], got [2, 1, 3]"],
  ["one sample without its batch axis", [0, 0, 1], [0], TypeError, "must have shape [batch, 3], got [3]"],
  ["a typed array without its shape", new Float32Array(12), Y, TypeError, "must have shape [batch, 3], got [12]"],
  [
    "a shape that does not fit its data",
    { data: new Float32Array(11), shape: [4, 3] },
    Y,
    TypeError,
    "shape [4, 3] needs 12 numbers, got 11",
  ],
  ["NaN in x", [[0, 0, 1], [0, NaN, 0], [1, 0, 0], [1, 1, 1]], Y, RangeError, "x has NaN at sample 1, column 1"],
  [
    "Infinity in x",
    [[0, 0, 1], [0, 0, 0], [1, 0, -Infinity], [1, 1, 1]],
    Y,
    RangeError,
    "x has -Infinity at sample 2, column 2",
  ],
  [
    "a number that float32 cannot hold",
    [[1e39, 0, 1], [0, 0, 0], [1, 0, 0], [1, 1, 1]],
    Y,
    RangeError,
    "x has Infinity at sample 0, column 0",
  ],
  ["text in x", [[0, 0, "1"], [0, 0, 0], [1, 0, 0], [1, 1, 1]], Y, TypeError, 'x[0][2] must be a number, got "1"'],
  ["null in x", [[0, 0, null], [0, 0, 0], [1, 0, 0], [1, 1, 1]], Y, TypeError, "x[0][2] must be a number, got null"],
  ["a hole in x", [[0, , 1], [0, 0, 0], [1, 0, 0], [1, 1, 1]], Y, TypeError, "x[0][1] must be a number, got undefined"],
  ["a bigint in x", [[0, 0, 1n], [0, 0, 0], [1, 0, 0], [1, 1, 1]], Y, TypeError, "x[0][2] must be a number, got 1n"],
  ["bigints", new BigInt64Array(12), Y, TypeError, "x"],
  ["empty x", [], Y, TypeError, "x is empty"],
  ["empty rows", [[], []], Y, TypeError, "x[0] is empty"],
  [
    "text",
    "0 0 1",
    Y,
    TypeError,
    'must be nested arrays of numbers, a typed array, a tensor, or an image, got "0 0 1"',
  ],
  ["null", null, Y, TypeError, "got null"],
  ["fewer labels than samples", X, [0, 1], TypeError, "x and y must have as many samples, got 4 and 2"],
  ["a label out of range", X, [0, 1, 3, 0], RangeError, "labels must be integers from 0 to 2, got 3 at sample 2"],
  ["a negative label", X, [0, -1, 2, 0], RangeError, "labels must be integers from 0 to 2, got -1 at sample 1"],
  [
    "a label that is no integer",
    X,
    [0, 1.5, 2, 0],
    RangeError,
    "labels must be integers from 0 to 2, got 1.5 at sample 1",
  ],
  ["NaN among the labels", X, [0, 1, NaN, 0], RangeError, "y has NaN at sample 2"],
  [
    "one-hot labels for a sparse loss",
    X,
    [[1, 0, 0], [1, 0, 0], [1, 0, 0], [1, 0, 0]],
    TypeError,
    "needs a y of shape [batch], got [4, 3]; for one-hot labels use categorical_crossentropy",
  ],
  ["empty labels", X, [], TypeError, "y is empty"],
  [
    "text among the labels",
    X,
    ["cat", "dog", "cat", "cow"],
    TypeError,
    'y[0] must be a number, got "cat"; convert text to numbers first',
  ],
];

for (const [what, x, y, error, message] of DATA) {
  Deno.test(`refused, and nothing changes: ${what}`, async () => {
    const model = createClassifier();
    await model.fit(X, Y, QUIET);
    const [before, iteration] = [hashWeights(model), model.iteration];
    for (
      const call of [
        () => model.fit(x, y, QUIET),
        () => model.fit(X, Y, { validationData: [x, y], ...QUIET }),
        // deno-lint-ignore require-await
        async () => model.evaluate(x, y),
        // deno-lint-ignore require-await
        async () => model.trainOnBatch(x, y),
        // deno-lint-ignore require-await
        async () => checkGradients(model, x, y, { verbose: false }),
        ...(y === Y && what !== "fewer labels than samples"
          // deno-lint-ignore require-await
          ? [async () => model.predict(x), async () => model.predictOnBatch(x)]
          : []),
      ]
    ) {
      // bigint64 arrays and plain text are streams of nothing sensible for fit: what counts is a clear error.
      const found = await assertRejects(call as () => Promise<unknown>, error);
      if (!(what === "bigints")) assert(found.message.includes(message), `${what}: ${found.message}`);
      assert(/^Cannot /.test(found.message), found.message);
    }
    assertEquals([hashWeights(model), model.iteration], [before, iteration]);
    assertEquals((await model.fit(X, Y, QUIET)).epoch, [0], "and the model can still be trained");
  });
}

Deno.test("labels that the loss cannot take, by loss", () => {
  const cases: [string, number, string, Any, typeof TypeError, string][] = [
    [
      "binary_crossentropy",
      1,
      "sigmoid",
      [0, 1, 2, 0],
      RangeError,
      "labels must be numbers from 0 to 1, got 2 at sample 2",
    ],
    [
      "binary_crossentropy",
      2,
      "sigmoid",
      [[0, 1], [0, 1], [0, -1], [0, 1]],
      RangeError,
      "got -1 at sample 2, column 1",
    ],
    ["categorical_crossentropy", 3, "softmax", [0, 1, 2, 0], TypeError, "[batch, 3]"],
    [
      "categorical_crossentropy",
      3,
      "softmax",
      [[1, 0, 0], [0, -1, 0], [1, 0, 0], [1, 0, 0]],
      RangeError,
      "got -1 at sample 1, column 1",
    ],
    ["hinge", 1, "tanh", [-1, 0, 1, 1], RangeError, "labels must be all -1 or 1, or all 0 or 1"],
    ["hinge", 1, "tanh", [-1, 2, 1, 1], RangeError, "got 2 at sample 1"],
    ["poisson", 1, "exponential", [0, 1, -3, 1], RangeError, "labels must be numbers >= 0, got -3 at sample 2"],
    ["mse", 2, "linear", [0, 1, 2, 0], TypeError, "[batch, 2]"],
  ];
  for (const [loss, units, activation, y, error, message] of cases) {
    const model = sequential([layers.dense({ units, activation, inputShape: [3] })]);
    model.compile({ loss });
    assertThrows(() => model.evaluate(X, y), error, message, `${loss} ${y}`);
  }
});

Deno.test("a categorical loss given class indices says which loss takes them", () => {
  const model = sequential([layers.dense({ units: 3, activation: "softmax", inputShape: [3] })]);
  model.compile({ loss: "categorical_crossentropy" });
  assertThrows(() => model.evaluate(X, [0, 1, 2, 0]), TypeError, "sparse_categorical_crossentropy");
});

const OPTIONS: readonly [what: string, options: Any, error: typeof TypeError, message: string][] = [
  ["an unknown option", { epoch: 3 }, TypeError, 'unknown option "epoch"; did you mean "epochs"?'],
  ["a Python name", { batch_size: 3 }, TypeError, "options are camelCase: use batchSize"],
  ["batchSize 0", { batchSize: 0 }, RangeError, "batchSize must be an integer >= 1, got 0"],
  ["a negative batchSize", { batchSize: -4 }, RangeError, "batchSize must be an integer >= 1, got -4"],
  ["batchSize 2.5", { batchSize: 2.5 }, RangeError, "batchSize must be an integer >= 1, got 2.5"],
  ["batchSize as text", { batchSize: "32" }, TypeError, 'batchSize must be an integer >= 1, got "32"'],
  ["negative epochs", { epochs: -1 }, RangeError, "epochs must be an integer >= 0, got -1"],
  ["epochs NaN", { epochs: NaN }, RangeError, "epochs must be an integer >= 0, got NaN"],
  ["verbose 3", { verbose: 3 }, RangeError, "verbose must be 0, 1 or 2, got 3"],
  ["a split of 1", { validationSplit: 1 }, RangeError, "validationSplit must be"],
  ["a negative split", { validationSplit: -0.1 }, RangeError, "validationSplit must be"],
  [
    "a split that leaves nothing to train on",
    { validationSplit: 0.9 },
    RangeError,
    "validationSplit 0.9 of 4 samples leaves 0 to train on",
  ],
  ["shuffle as text", { shuffle: "yes" }, TypeError, 'shuffle must be true or false, got "yes"'],
  ["initialEpoch -1", { initialEpoch: -1 }, RangeError, "initialEpoch must be an integer >= 0"],
  ["validationFreq 0", { validationFreq: 0 }, RangeError, "validationFreq must be an integer >= 1"],
  ["a negative seed", { seed: -1 }, RangeError, "seed must be an integer from 0"],
  [
    "too few weights",
    { sampleWeight: [1, 1] },
    TypeError,
    "sampleWeight: it must have one number a sample, shape [4], got [2]",
  ],
  [
    "an infinite weight",
    { sampleWeight: [1, 1, -Infinity, 1] },
    RangeError,
    "must be finite, got -Infinity at sample 2",
  ],
  ["NaN among the weights", { sampleWeight: [1, 1, NaN, 1] }, RangeError, "got NaN at sample 2"],
  ["a negative class weight", { classWeight: { 0: -1 } }, RangeError, "classWeight[0] must be"],
  [
    "a class weight by name",
    { classWeight: { cat: 1 } },
    TypeError,
    `classWeight's keys must be class indices, got "cat"`,
  ],
  ["class weights in an array", { classWeight: 3 }, TypeError, "classWeight must be an object"],
];

for (const [what, options, error, message] of OPTIONS) {
  Deno.test(`fit refuses ${what}, also before the model is built`, async () => {
    const model = createClassifier();
    const before = hashWeights(model);
    const found = await assertRejects(() => model.fit(X, Y, { verbose: 0, ...options }), error, message);
    assert(found.message.startsWith("Cannot "), found.message);
    assertEquals([hashWeights(model), model.iteration], [before, 0]);
    const unbuilt = sequential([layers.dense({ units: 3, activation: "softmax" })]);
    unbuilt.compile({ loss: "sparse_categorical_crossentropy" });
    await assertRejects(() => unbuilt.fit(X, Y, { verbose: 0, ...options }), error, message);
    assert(!unbuilt.isBuilt, "and it can still be built for data of another width");
    await unbuilt.fit([[1, 2], [3, 4]], [0, 2], QUIET);
    assertEquals(unbuilt.predict([[1, 2]]).shape, [1, 3]);
  });
}

Deno.test("evaluate and predict refuse wrong options", () => {
  const model = createClassifier();
  assertThrows(
    () => model.predict(X, { batchsize: 3 } as Any),
    TypeError,
    'Cannot predict: unknown option "batchsize"; did you mean "batchSize"?',
  );
  assertThrows(() => model.predict(X, { batchSize: 0 }), RangeError, "batchSize must be an integer >= 1, got 0");
  assertThrows(() => model.evaluate(X, Y, { batchSize: 0 }), RangeError, "batchSize must be an integer >= 1, got 0");
  assertThrows(() => model.evaluate(X, Y, { sample_weight: [1] } as Any), TypeError, "use sampleWeight");
  assertThrows(
    () => model.trainOnBatch(X, Y, { weight: [1] } as Any),
    TypeError,
    'Cannot train on batch: unknown option "weight"',
  );
});

Deno.test("a model that is not built or not compiled says so", async () => {
  const model = sequential([layers.dense({ units: 1 })], { name: "mine" });
  assertThrows(() => model.predict([[1]]), Error, 'Cannot use model "mine": it is not built');
  assertThrows(() => model.getWeights(), Error, "it is not built");
  assertThrows(() => model.toBytes(), Error, "it is not built");
  await assertRejects(() => model.fit([[1]], [1], QUIET), Error, "call compile({ optimizer, loss }) first");
  assert(!model.isBuilt);
  model.build([1]);
  assertThrows(() => model.evaluate([[1]], [1]), Error, "call compile({ optimizer, loss }) first");
  assertEquals(model.predict([[1]]).shape, [1, 1]);
  assert(model.summary().includes("mine"));
});

Deno.test("a fit that was refused does not build the model for data of the wrong width", async () => {
  const model = sequential([layers.dense({ units: 1 })]);
  model.compile({ loss: "mse" });
  await assertRejects(
    () => model.fit([[1, 2], [3, 4], [5, 6]], [1, 2], QUIET),
    TypeError,
    "as many samples, got 3 and 2",
  );
  await model.fit([[1], [3]], [1, 2], QUIET);
  assertEquals(model.getWeights()[0].shape, [1, 1]);
});
