import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { input, layers, loadModel, model, optimizers, sequential, tensor } from "../../mod.ts";
import { differentiate } from "../../src/graph/differentiate.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";
import golden from "../golden/embedding.json" with { type: "json" };

type Nested = number | readonly Nested[];

/** float32 of some hundred elements, relative to the largest. */
const FLOAT32 = 5e-6;
/** Both are float64. */
const FLOAT64 = 1e-13;

const flat = (values: Nested): number[] => typeof values === "number" ? [values] : values.flatMap(flat);
const shapeOf = (values: Nested): number[] => typeof values === "number" ? [] : [values.length, ...shapeOf(values[0])];

function near(found: ArrayLike<number>, expected: Nested, tolerance: number, what: string): void {
  const values = flat(expected);
  assertEquals(found.length, values.length, what);
  const scale = values.reduce((most, v) => Math.max(most, Math.abs(v)), 1e-3);
  values.forEach((v, i) =>
    assert(Math.abs(found[i] - v) <= tolerance * scale, `${what} ${i}: ${found[i]}, PyTorch ${v}`)
  );
}

for (const [i, { options, x, embeddings, y, dy, dembeddings }] of golden.cases.entries()) {
  Deno.test(`embedding ${i} of [${shapeOf(x)}] agrees with PyTorch`, () => {
    const layer = layers.embedding(options);
    const graph = new Graph({ batch: x.length });
    const values = new Map<Symbolic, Nested>();
    const leaf = (name: string, data: Nested): Symbolic => {
      const node = graph.variable(name, shapeOf(data));
      values.set(node, data);
      return node;
    };
    const [table, indices] = [leaf("table", embeddings), leaf("x", x)];
    layer.addNode([input({ shape: shapeOf(x).slice(1) })]);
    const scope = {
      graph,
      training: true,
      seed: 0,
      masks: new Map(),
      nextIndex: () => 0,
      assign: () => {},
      addLoss: () => {},
      changeLabels: () => {},
      isFrozen: () => false,
      variable: () => table,
    };
    const [found] = layer.trace(scope, [indices], { index: 0, path: "layer", options: {} });
    const loss = graph.apply("weighted_sum", [found, leaf("dy", dy)]);
    const [dtable] = differentiate(graph, loss, [table, indices]) as Symbolic[];
    const results = evaluateGraph([found, dtable], (node) => Float64Array.from(flat(values.get(node)!)));
    near(results[0], y, FLOAT64, "y");
    near(results[1], dembeddings, FLOAT64, "gradient");
    const predicting = sequential([layers.embedding({ ...options, weights: embeddings })]);
    predicting.build(shapeOf(x).slice(1));
    near(predicting.predict(x as number[][]).data, y, 0, "prediction");
  });
}

for (const numerics of ["fast", "portable"] as const) {
  for (const [i, given] of golden.training.entries()) {
    Deno.test(`an embedding trains as in PyTorch: ${i} ${JSON.stringify(given.options)}, ${numerics}`, () => {
      const m = sequential([
        layers.embedding({ ...given.options as layers.EmbeddingOptions, name: "e", inputShape: [given.x[0].length] }),
        layers.dense({ units: given.units, name: "d" }),
      ], { numerics });
      m.compile({ optimizer: optimizers.sgd({ learningRate: 0.1, momentum: 0.9 }), loss: "mse" });
      m.setWeights(given.start);
      const { gradients } = m.gradients(given.x, given.y);
      for (const [name, values] of Object.entries(given.gradients)) near(gradients[name].data, values, FLOAT32, name);
      given.losses.forEach((loss, step) =>
        near([m.trainOnBatch(given.x, given.y).loss], [loss], FLOAT32, `loss ${step}`)
      );
      for (const { name, value } of m.weights) {
        near(value.data, given.weights[name as keyof typeof given.weights], FLOAT32, name);
      }
    });
  }
}

const words = (options: Partial<layers.EmbeddingOptions> = {}) => {
  const m = sequential([
    layers.embedding({ inputDim: 5, outputDim: 2, name: "words", inputShape: [3], ...options }),
    layers.flatten(),
    layers.dense({ units: 1 }),
  ], { seed: 2 });
  m.compile({ optimizer: "adam", loss: "mse" });
  return m;
};

Deno.test("indices that are no rows are refused before anything changes, with sample, column, layer and value", async () => {
  const m = words();
  m.trainOnBatch([[0, 1, 2]], [1]);
  const before = m.toBytes();
  const refused = async (x: number[][], message: RegExp): Promise<void> => {
    for (const act of [() => m.predict(x), () => m.evaluate(x, [1, 2]), () => m.trainOnBatch(x, [1, 2])]) {
      assertThrows(act, RangeError, 'layer "words"');
      assert(message.test(assertThrows(act, RangeError).message), assertThrows(act, RangeError).message);
    }
    await assertRejects(() => m.fit(x, [1, 2], { verbose: 0 }), RangeError, "takes integers from 0 to 4");
    await assertRejects(() => m.fit([{ x, y: [1, 2] }], { verbose: 0 }), RangeError, "takes integers from 0 to 4");
  };
  await refused([[0, 1, 2], [3, 4, 5]], /got 5 at sample 1, column 2; .* must be larger/);
  await refused([[0, -1, 2], [3, 4, 0]], /got -1 at sample 0, column 1$/);
  await refused([[0, 1, 2], [3.5, 4, 0]], /got 3\.5 at sample 1, column 0$/);
  assertEquals(m.toBytes(), before);
  m.predict([[4, 4, 4]]);
});

Deno.test("a place in samples of several axes, inner models and several inputs are named", () => {
  const x = input({ shape: [2, 2], name: "grid" });
  const other = input({ shape: [1], name: "other" });
  const inner = sequential([layers.embedding({ inputDim: 3, outputDim: 2, name: "table", inputShape: [2, 2] })], {
    name: "inner",
  });
  const flat = layers.flatten().apply(inner.apply(x) as layers.LayerOutput);
  const m = model({ inputs: [x, other], outputs: layers.concatenate().apply([flat, other]) });
  assertThrows(
    () => m.predict([tensor([0, 1, 2, 3], [1, 2, 2]), tensor([0], [1, 1])]),
    RangeError,
    'Cannot use x.grid: layer "inner/table" takes integers from 0 to 2, got 3 at sample 0, position [1, 1]',
  );
});

Deno.test("indices that the model computes give NaN where there is no row", () => {
  const m = sequential([
    layers.rescaling({ scale: 1, offset: 1, inputShape: [2] }),
    layers.embedding({ inputDim: 3, outputDim: 2, weights: [[1, 2], [3, 4], [5, 6]] }),
  ]);
  m.build([2]);
  assertEquals([...m.predict([[0, 2]]).data], [3, 4, NaN, NaN]);
});

Deno.test("what an embedding is told wrongly, it names", () => {
  const create = (options: object) => () => layers.embedding({ inputDim: 4, outputDim: 2, ...options });
  assertThrows(create({ inputDim: 0 }), RangeError, "inputDim must be an integer from 1");
  assertThrows(create({ inputDim: 2 ** 24 + 1 }), RangeError, "inputDim");
  assertThrows(create({ outputDim: 1.5 }), RangeError, "outputDim");
  assertThrows(create({ maskZero: 1 }), TypeError, "maskZero");
  assertThrows(create({ inputLength: 3 }), TypeError, "inputLength");
  assertThrows(create({ weights: [[1, 2]] }), TypeError, "weights must have shape [4, 2], got [1, 2]");
});

Deno.test("the mask of an embedding reaches pooling, loss and metrics, over axes of unknown length, and files", async () => {
  const m = sequential([
    layers.embedding({ inputDim: 6, outputDim: 3, maskZero: true, inputShape: [null] }),
    layers.globalAveragePooling1d(),
    layers.dense({ units: 1 }),
  ], { seed: 4 });
  m.compile({ optimizer: "adam", loss: "mse" });
  const [short] = m.predict([[2, 3]]).data;
  for (const padded of [[2, 3, 0], [0, 2, 0, 3, 0, 0]]) {
    assert(Math.abs(m.predict([padded]).data[0] - short) < 1e-6);
  }
  const again = await loadModel(m.toBytes());
  assertEquals(again.predict([[0, 2, 3]]), m.predict([[0, 2, 3]]));
  assertThrows(() => again.predict([[0, 6]]), RangeError, "takes integers from 0 to 5, got 6");
});
