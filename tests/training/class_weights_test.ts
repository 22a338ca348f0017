import { assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { gridSearch, layers, losses, optimizers, sequential } from "../../mod.ts";
import type { Sequential } from "../../mod.ts";

// deno-lint-ignore no-explicit-any
type Any = any;
const QUIET = { verbose: 0, shuffle: false, workers: 1 } as const;

/** A model that says nothing: all of its logits are 0, and stay so. */
function build(units: number, loss: Any, inputShape: number[] = [1]): Sequential {
  const activation = typeof loss !== "string" || !/crossentropy|hinge/.test(loss)
    ? "linear"
    : /categorical_cross/.test(loss)
    ? "softmax"
    : /hinge/.test(loss)
    ? "linear"
    : "sigmoid";
  const model = sequential([layers.dense({ units, activation, inputShape, kernelInitializer: "zeros" })]);
  model.compile({ optimizer: optimizers.sgd({ learningRate: 0 }), loss });
  return model;
}

const LN2 = Math.log(2);
const LN3 = Math.log(3);
const sparse = "sparse_categorical_crossentropy";
const dense = "categorical_crossentropy";

/** Loss, units, labels, weights of classes, sample weights, and the loss that comes of it. */
const CASES: readonly [
  what: string,
  model: () => Sequential,
  y: Any,
  classWeight: Any,
  sampleWeight: Any,
  loss: number,
][] = [
  ["two indices of one sample", () => build(3, sparse, [2, 1]), [[2, 2]], { 2: 5 }, undefined, 5 * LN3],
  ["each index by itself", () => build(3, sparse, [2, 1]), [[0, 2], [1, 1]], { 2: 5, 1: 3 }, undefined, LN3 * 12 / 4],
  ["with sample weights", () => build(3, sparse, [2, 1]), [[0, 2], [1, 1]], { 2: 5 }, [1, 10], LN3 * (1 + 5 + 20) / 4],
  ["one-hot rows of a sample", () => build(3, dense, [2, 1]), [[[1, 0, 0], [0, 0, 1]]], { 2: 5 }, undefined, 3 * LN3],
  ["one sample, one-hot", () => build(2, dense), [[0, 1]], { 1: 7 }, undefined, 7 * LN2],
  ["soft labels", () => build(3, dense), [[0.4, 0.4, 0.2]], { 0: 7 }, undefined, 7 * LN3],
  [
    "an index that is left out",
    () => build(3, losses.sparseCategoricalCrossentropy({ ignoreClass: -1, fromLogits: true })),
    [-1, 2],
    { 2: 5, 0: 100 },
    undefined,
    5 * LN3,
  ],
  ["0 or 1", () => build(1, "binary_crossentropy"), [0, 1], { 1: 3 }, undefined, 2 * LN2],
  ["0 or 1, softened", () => build(1, "binary_crossentropy"), [0.1, 0.9], { 1: 3 }, undefined, 2 * LN2],
  ["0 or 1 in rows", () => build(1, "binary_crossentropy", [2, 1]), [[[0], [1]]], { 1: 3 }, undefined, 2 * LN2],
  ["-1 or 1", () => build(1, "hinge"), [-1, 1], { 0: 4, 1: 2 }, undefined, 3],
  ["one label of several columns", () => build(3, "binary_crossentropy"), [[0, 0, 1]], { 2: 3 }, undefined, 3 * LN2],
  ["whole numbers", () => build(1, "mse"), [0, 3], { 3: 2 }, undefined, 9],
  ["numbers that are no index weigh 1", () => build(1, "mse"), [0.5, 2], { 0: 10, 1: 10, 2: 2 }, undefined, 4.125],
  ["a largest number", () => build(2, "mse"), [[0, 2], [1, 1]], { 1: 3 }, undefined, 3.5],
  ["a list of weights", () => build(1, "binary_crossentropy"), [0, 1], [1, 3], undefined, 2 * LN2],
];

for (const [what, make, y, classWeight, sampleWeight, expected] of CASES) {
  Deno.test(`classes by the loss's kind of label: ${what}`, async () => {
    const shape = make().network.inputShape;
    const x = y.map((row: Any) => shape.length === 1 ? [1] : row.map(() => [1]));
    const options = { classWeight, ...(sampleWeight === undefined ? {} : { sampleWeight }) };
    const { history } = await make().fit(x, y, { ...options, ...QUIET });
    assertAlmostEquals(history.loss[0], expected, 1e-6 * expected);
    assertAlmostEquals(make().trainOnBatch(x, y, options).loss, expected, 1e-6 * expected);
    const stream = [{ x, y, ...(sampleWeight === undefined ? {} : { sampleWeight }) }];
    const streamed = await make().fit(stream, { classWeight, verbose: 0 });
    assertAlmostEquals(streamed.history.loss[0], expected, 1e-6 * expected);
    if (sampleWeight !== undefined) return;
    const result = await gridSearch({
      space: { a: [1] },
      build: make,
      x,
      y,
      classWeight,
      validation: null,
      workers: 1,
      verbose: 0,
    });
    assertAlmostEquals(result.trials[0].score!, expected, 1e-6 * expected);
  });
}

Deno.test("labels of no class are refused before training, with what to do", async () => {
  const refused: readonly [Sequential, Any, string][] = [
    [
      build(3, "binary_crossentropy"),
      [[1, 0, 0], [1, 0, 1]],
      "each row of labels must have one class, its largest entry, got",
    ],
    [build(2, "binary_crossentropy"), [[1, 0], [0, 0]], "got [0, 0] in row 1; use sampleWeight"],
  ];
  for (const [model, y, message] of refused) {
    const options = { classWeight: { 1: 2 } };
    const x = [[1], [2]];
    await assertRejects(() => model.fit(x, y, { ...options, ...QUIET, batchSize: 1 }), RangeError, message);
    assertThrows(() => model.trainOnBatch(x, y, options), RangeError, message);
    assertEquals(model.iteration, 0);
    const search = { space: { a: [1] }, build: () => model, x, y, ...options, workers: 1, verbose: 0 } as const;
    await assertRejects(() => gridSearch({ ...search, validation: null }), RangeError, message);
  }
});
