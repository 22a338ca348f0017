import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { compileModel, input, layers, model, plot, sequential, tensor, toModule } from "../../mod.ts";
import { hashWeights } from "./hash_weights.ts";
import { buildTwoHeads, makeTwoHeads, ROWS, x, y } from "./two_heads.ts";

// deno-lint-ignore no-explicit-any
type Any = any;

const DATA: readonly [what: string, x: Any, y: Any, error: typeof TypeError | typeof RangeError, message: string][] = [
  [
    "an unknown input",
    { lefft: x.left, right: x.right },
    y,
    RangeError,
    'Cannot use x: there is no input "lefft"; did you mean "left"? Inputs are: left, right',
  ],
  ["a missing input", { left: x.left }, y, TypeError, 'Cannot use x: input "right" needs data, but x has none for it'],
  [
    "data for one input alone",
    tensor(x.left),
    y,
    TypeError,
    "the model has 2 inputs, so x must be a list of as many, or an object by their names (left, right), got a tensor of shape [45, 3]",
  ],
  ["a list of the wrong length", [x.left, x.right, x.left], y, TypeError, "got a list of 3"],
  ["null in a list", [x.left, null], y, TypeError, 'input "right" needs data'],
  [
    "inputs exchanged",
    [x.right, x.left],
    y,
    TypeError,
    'Cannot use x.left: layer "left" takes samples of shape [3], so x.left must have shape [batch, 3], got [45, 5]',
  ],
  [
    "a flat typed array",
    { left: new Float32Array(6), right: x.right },
    y,
    TypeError,
    "give a typed array its shape: tensor(x.left, [2, 3])",
  ],
  [
    "fewer samples of one input",
    { left: x.left.slice(1), right: x.right },
    y,
    TypeError,
    'its inputs must have as many samples, got 44 of "left" and 45 of "right"',
  ],
  [
    "NaN in an input",
    { left: x.left, right: x.right.with(3, [0, NaN, 0, 0, 0]) },
    y,
    RangeError,
    "Cannot use x.right: x.right has NaN at sample 3, column 1",
  ],
  [
    "text in an input",
    { left: x.left.with(2, ["a", 0, 0] as Any), right: x.right },
    y,
    TypeError,
    'x.left[2][0] must be a number, got "a"',
  ],
  [
    "an unknown output",
    x,
    { ...y, sise: y.size },
    RangeError,
    'Cannot use y: there is no output "sise"; did you mean "size"? Outputs are: label, size',
  ],
  [
    "a missing target",
    x,
    { label: y.label },
    TypeError,
    'Cannot use y: output "size" needs a target, but y has none for it',
  ],
  [
    "labels for one output alone",
    x,
    tensor(y.label),
    TypeError,
    "the model has 2 outputs to be trained, so y must be a list of as many",
  ],
  [
    "a target of the wrong shape",
    x,
    { ...y, size: y.label },
    TypeError,
    'Cannot use y.size: layer "size" gives [batch, 2], for which mean_squared_error needs a y.size of shape [batch, 2], got [45]',
  ],
  [
    "one-hot labels",
    x,
    { ...y, label: y.label.map(() => [1, 0, 0]) },
    TypeError,
    "for one-hot labels use categorical_crossentropy",
  ],
  [
    "fewer labels than samples",
    x,
    { ...y, label: y.label.slice(5) },
    TypeError,
    "x and y.label must have as many samples, got 45 and 40",
  ],
  [
    "a label out of range",
    x,
    { ...y, label: y.label.with(2, 3) },
    RangeError,
    "labels must be integers from 0 to 2, got 3 at sample 2",
  ],
  [
    "Infinity in a target",
    x,
    { ...y, size: y.size.with(1, [0, Infinity]) },
    RangeError,
    "y.size has Infinity at sample 1, column 1",
  ],
];

for (const [what, given, labels, error, message] of DATA) {
  Deno.test(`several inputs and outputs refuse ${what}, and nothing changes`, async () => {
    const m = buildTwoHeads();
    const before = hashWeights(m);
    const calls: (() => unknown)[] = [
      () => m.fit(given, labels, { verbose: 0 }),
      () => m.fit(x, y, { validationData: [given, labels], verbose: 0 }),
      () => m.fit([{ x: given, y: labels }], { verbose: 0 }),
      () => m.evaluate(given, labels),
      () => m.evaluate([{ x: given, y: labels }]),
      () => m.trainOnBatch(given, labels),
      () => m.gradients(given, labels),
      ...(labels === y ? [() => m.predict(given), () => m.predict([{ x: given }]), () => m.predictOnBatch(given)] : []),
    ];
    for (const call of calls) {
      const found = await assertRejects(async () => await call(), error);
      assert(found.message.includes(message), found.message);
      assert(found.message.startsWith("Cannot "), found.message);
    }
    assertEquals([hashWeights(m), m.iteration], [before, 0]);
  });
}

Deno.test("several outputs refuse class weights and weights of samples that do not go with them", async () => {
  const m = buildTwoHeads();
  const fit = (options: Any) => () => m.fit(x, y, { verbose: 0, ...options });
  await assertRejects(
    fit({ classWeight: { 1: 2 } }),
    TypeError,
    "it goes with one output, but 2 are trained (label, size)",
  );
  assertThrows(() => m.trainOnBatch(x, y, { classWeight: { 1: 2 } }), TypeError, "it goes with one output");
  assertThrows(() => m.gradients(x, y, { classWeight: { 1: 2 } }), TypeError, "it goes with one output");
  const cases: [Any, typeof TypeError | typeof RangeError, string][] = [
    [{ labell: y.label }, RangeError, 'Cannot use sampleWeight: there is no output "labell"; did you mean "label"?'],
    [
      { label: [1, 2] },
      TypeError,
      "Cannot use sampleWeight.label: it must have one number a sample, shape [45], got [2]",
    ],
    [[y.label], TypeError, "a list must have an entry for each of 2 outputs"],
    [[null, y.label.with(4, NaN)], RangeError, "sampleWeight.size: weights must be finite, got NaN at sample 4"],
    [y.label.slice(1), TypeError, "Cannot use sampleWeight: it must have one number a sample, shape [45], got [44]"],
  ];
  for (const [sampleWeight, error, message] of cases) {
    await assertRejects(fit({ sampleWeight }), error, message);
    assertThrows(() => m.evaluate(x, y, { sampleWeight }), error, message);
  }
  assertEquals(m.iteration, 0);
});

Deno.test("compile refuses what does not go with the outputs, and keeps what was", () => {
  const m = buildTwoHeads();
  const loss = { label: "sparse_categorical_crossentropy", size: "mse" };
  const cases: [Any, typeof TypeError | typeof RangeError, string][] = [
    [
      { loss: { labl: "mse" } },
      RangeError,
      'Cannot use loss: there is no output "labl"; did you mean "label"? Outputs are: label, size',
    ],
    [{ loss: ["mse"] }, TypeError, "loss, where it is a list, must have an entry for each of 2 outputs (label, size)"],
    [{ loss: [null, null] }, TypeError, "loss is missing; at least one output must have one"],
    [{ loss: {} }, TypeError, "loss is missing"],
    [{ loss: { label: "msee" } }, RangeError, 'did you mean "mse"?'],
    [{ loss: { label: 3 } }, TypeError, "it must be a name or a loss, got 3"],
    [
      { loss, lossWeights: { sise: 1 } },
      RangeError,
      'Cannot use lossWeights: there is no output "sise"; did you mean "size"?',
    ],
    [
      { loss, lossWeights: [1] },
      TypeError,
      "lossWeights, where it is a list, must have an entry for each of 2 outputs",
    ],
    [{ loss, lossWeights: { size: "1" } }, TypeError, 'lossWeights.size must be a finite number, got "1"'],
    [{ loss, lossWeights: NaN }, RangeError, "lossWeights must be a finite number, got NaN"],
    [
      { loss: { size: "mse" }, lossWeights: { label: 1 } },
      TypeError,
      'output "label" has lossWeights, so it must have a loss',
    ],
    [
      { loss: { size: "mse" }, metrics: { label: ["accuracy"] } },
      TypeError,
      'output "label" has metrics, so it must have a loss',
    ],
    [
      { loss, metrics: ["accuracy"] },
      TypeError,
      "metrics, where it is a list, must have an entry for each of 2 outputs (label, size)",
    ],
    [
      { loss, metrics: "accuracy" },
      TypeError,
      'metrics must be an object by the names of the outputs (label, size), got "accuracy"',
    ],
    [
      { loss, metrics: { labels: ["accuracy"] } },
      RangeError,
      'Cannot use metrics: there is no output "labels"; did you mean "label"?',
    ],
    [
      { loss, weightedMetrics: { size: ["mae", "mae"] } },
      TypeError,
      'metric names must be unique, got "size_mae" twice',
    ],
    [{ loss, metrics: { size: { name: "loss", create: () => ({}) } } }, TypeError, 'got "size_loss" twice'],
    [{ loss, lossWeight: 1 }, TypeError, 'unknown option "lossWeight"; did you mean "lossWeights"?'],
  ];
  const { compiledWith } = m;
  for (const [options, error, message] of cases) {
    const found = assertThrows(() => m.compile(options), error);
    assert(found.message.includes(message), found.message);
  }
  assertEquals(m.compiledWith, compiledWith);
  m.evaluate(x, y);
});

Deno.test("a stack takes records by its names, and refuses others", async () => {
  const stack = sequential([layers.dense({ units: 1, inputShape: [3] })]);
  stack.compile({ loss: { dense: "mse" }, metrics: { dense: "mae" } });
  const { history } = await stack.fit({ input: x.left }, { dense: y.label }, { verbose: 0 });
  assertEquals(Object.keys(history), ["loss", "mae"]);
  assertThrows(
    () => stack.predict({ inputs: x.left } as Any),
    RangeError,
    'there is no input "inputs"; did you mean "input"?',
  );
  assertThrows(
    () => stack.compile({ loss: { dens: "mse" } }),
    RangeError,
    'there is no output "dens"; did you mean "dense"?',
  );
  const unbuilt = sequential([layers.dense({ units: 1 })]);
  unbuilt.compile({ loss: ["mse"], metrics: [["mae"]] });
  await unbuilt.fit({ input: x.left }, [tensor(y.label)], { verbose: 0 });
  assertEquals(unbuilt.inputShape, [null, 3]);
});

Deno.test("what takes one input and one output says so", () => {
  const m = buildTwoHeads();
  assertThrows(
    () => compileModel(m),
    TypeError,
    "Cannot compile model: it must have one input and one output, got 2 inputs (left, right) and 2 outputs (label, size)",
  );
  assertThrows(() => toModule(m), TypeError, "Cannot make a module: it must have one input and one output");
  assertThrows(() => m.inputShape, TypeError, 'it must have one input, got 2: "left", "right"');
  assertThrows(() => m.outputShape, TypeError, 'it must have one output, got 2: "label", "size"');
  assertThrows(() => m.build([3]), TypeError, "it was built when it was made, and has 2 inputs (left, right)");
  assertThrows(
    () => plot.decisionBoundary(m as Any, { x: [0, 1], y: [0, 1] }),
    TypeError,
    "the model must have one input, got 2 inputs",
  );
  assertThrows(
    () => makeTwoHeads({ columns: ["a", "b", "c"] }),
    TypeError,
    "columns go with one input, got 2: left, right",
  );
  assertThrows(
    () => makeTwoHeads({ labels: ["a", "b", "c"] }),
    TypeError,
    "labels go with one output, got 2: label, size",
  );
  const a = input({ shape: [2], name: "a" });
  const one = layers.dense({ units: 3, name: "one" }).apply(a);
  const heads = model({ inputs: a, outputs: [one, layers.dense({ units: 1, name: "two" }).apply(one)] });
  assertThrows(
    () => compileModel(heads),
    TypeError,
    "make a model of one: model({ inputs, outputs: model.outputs[0] })",
  );
  assertThrows(
    () => sequential([heads, layers.dense({ units: 1 })]),
    TypeError,
    'each layer of a stack must give one result, but layer "model" gives 2',
  );
  assertThrows(() => sequential([m, layers.dense({ units: 1 })]).build([3]), TypeError, "it does not take 1 inputs");
  const record = model({ inputs: a, outputs: { one } });
  assertThrows(
    () => plot.decisionBoundary(record as Any, { x: [0, 1], y: [0, 1] }),
    TypeError,
    "predict must give a tensor, got { one }",
  );
});

Deno.test("names of outputs that the history has for something else are refused", () => {
  const a = input({ shape: [2], name: "a" });
  const [b, c] = [1, 2].map((units) => layers.dense({ units }).apply(a));
  const make = (names: [string, string]) => {
    const m = model({ inputs: a, outputs: { [names[0]]: b, [names[1]]: c } });
    m.compile({ loss: "mse", metrics: { [names[0]]: "mae" } });
    return m;
  };
  assertThrows(
    () => make(["val_a", "c"]),
    RangeError,
    'or val_…, which are names of the history, got "val_a_loss"; give the output another name',
  );
  const odd = make(["id", "__proto__"]);
  odd.compile({ loss: Object.fromEntries([["id", "mse"], ["__proto__", "mae"]]) });
  const logs = odd.evaluate([[1, 2]], [[1], [[1, 2]]]);
  assertEquals(Object.keys(logs), ["loss", "id_loss", "__proto___loss"]);
  assertEquals(Object.keys(odd.predict([[1, 2]])), ["id", "__proto__"]);
  assertEquals(ROWS, 45);
});
