import { assert, assertEquals, assertThrows } from "@std/assert";
import { input, layers, loadModel, model, sequential, stepper } from "../../mod.ts";
import { differentiate } from "../../src/graph/differentiate.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import { listWeights } from "../../src/store/list_weights.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";
import golden from "../golden/bidirectional.json" with { type: "json" };
import { drawNumbers } from "../models/draw_numbers.ts";
import { compare } from "./compare_goldens.ts";
import { createSaved } from "./create_saved.ts";
import { type Numbers, runKernels } from "./run_layer.ts";

const { bidirectional, lstm } = layers;

/** As in recurrent_golden_test.ts. */
const ROUNDINGS = 128;

for (const [at, given] of golden.cases.entries()) {
  const { layer, options, x, mask, states, weights, y, dy, gradients } = given;
  const { mergeMode, layer: { config } } = options;
  const has = `${mask === null ? "" : ", masked"}${states === null ? "" : ", with states"}`;
  Deno.test(`${layer} ${at} ${mergeMode} ${JSON.stringify(config)} of [${x.shape}]${has} agrees with PyTorch`, () => {
    const made = createSaved({ type: layer, config: options });
    made.addNode([layers.inputLayer({ shape: x.shape.slice(1) }).open()]);
    const all = listWeights([made]);
    const graph = new Graph({ batch: x.shape[0] });
    const values = new Map<Symbolic, readonly number[]>();
    const leaf = (name: string, { shape, data }: Numbers): Symbolic => {
      const node = graph.input(name, shape);
      values.set(node, data);
      return node;
    };
    const entered = leaf("x", x);
    const masks = new Map<Symbolic, Symbolic>();
    if (mask !== null) masks.set(entered, leaf("mask", mask));
    assertEquals(all.map(({ spec }) => spec.shape), weights.map(({ shape }) => shape));
    const variables = weights.map((weight, i) => leaf(all[i].name, weight));
    const first = (states ?? []).map((state, i) => leaf(`state${i}`, state));
    let calls = 0;
    const scope = {
      graph,
      training: true,
      seed: 1,
      masks,
      nextIndex: () => calls++,
      assign: () => {},
      addLoss: () => {},
      changeLabels: () => {},
      isFrozen: () => false,
      variable: (_: object, spec: layers.WeightSpec) => variables[all.findIndex((weight) => weight.spec === spec)],
    };
    const results = made.trace(scope, [entered, ...first], { index: 0, path: layer, options: {} });
    const outputs = mergeMode === null ? 2 : 1;
    results.forEach((result, i) => {
      const isMasked = mask !== null && i < outputs && "returnSequences" in config;
      assertEquals(masks.get(result)?.shape, isMasked ? mask.shape : undefined, `the mask of result ${i}`);
    });
    const losses = results.map((result, i) => graph.apply("weighted_sum", [result, leaf(`dy${i}`, dy[i])]));
    const loss = losses.reduce((a, b) => graph.apply("map", [a, b], { formula: "add" }));
    const targets = [entered, ...first, ...variables];
    const found = [...results, ...differentiate(graph, loss, targets) as Symbolic[]];
    const float64 = evaluateGraph(found, (node) => Float64Array.from(values.get(node)!));
    const kernels = runKernels([...values.keys()], found, (node) => Float32Array.from(values.get(node)!));
    const names = [...y.map((_, i) => `result ${i}`), ...targets.map((node) => `d${node.attributes.name}`)];
    [...y, ...gradients].forEach(({ shape, data }, i) => {
      assertEquals(found[i].shape, shape, names[i]);
      compare(names[i], float64[i], data, 1e-12);
      compare(`kernels' ${names[i]}`, kernels[i], data, ROUNDINGS * 2 ** -24);
    });
  });
}

const X = drawNumbers(5, 8, 3).map((row) => [0, 1, 2, 3].map((t) => row.slice(2 * t, 2 * t + 2)));
const Y = drawNumbers(5, 3, 4);

Deno.test("weights, names and files of a bidirectional layer are those of its directions", async () => {
  const m = sequential([
    bidirectional({
      layer: lstm({ units: 3, returnSequences: true, name: "words" }),
      name: "both",
      inputShape: [null, 2],
    }),
    bidirectional({ layer: lstm({ units: 3, dropout: 0.2 }), mergeMode: "ave" }),
  ], { seed: 7 });
  assertEquals(m.outputShape, [null, 3]);
  assertEquals(m.weights.map(({ name }) => name).filter((name) => name.endsWith("/kernel")), [
    "both/forward_words/kernel",
    "both/backward_words/kernel",
    "bidirectional/forward_lstm/kernel",
    "bidirectional/backward_lstm/kernel",
  ]);
  m.compile({ optimizer: "adam", loss: "mse" });
  m.trainOnBatch(X, Y);
  const again = await loadModel(m.toBytes());
  assertEquals(again.predict(X), m.predict(X));
  assertEquals([again.trainOnBatch(X, Y), again.weights], [m.trainOnBatch(X, Y), m.weights]);
  assertEquals(again.toBytes(), m.toBytes());
});

Deno.test("every recurrent layer runs in both directions as two layers side by side do", () => {
  const kinds = { lstm: layers.lstm, gru: layers.gru, simpleRNN: layers.simpleRNN };
  for (const [name, create] of Object.entries(kinds)) {
    const x = input({ shape: [4, 2] });
    const both = model({ inputs: x, outputs: bidirectional({ layer: create({ units: 3 }) }).apply(x) }, { seed: 4 });
    const sides = [create({ units: 3 }), create({ units: 3, goBackwards: true })].map((layer) => layer.apply(x));
    const apart = model({ inputs: x, outputs: layers.concatenate().apply(sides) });
    apart.setWeights(both.getWeights());
    assertEquals(both.predict(X), apart.predict(X), name);
  }
});

Deno.test("what is padded at the end does not count in either direction", () => {
  const m = sequential([
    layers.masking({ maskValue: 9, inputShape: [null, 2] }),
    bidirectional({ layer: lstm({ units: 3, returnSequences: true }) }),
    bidirectional({ layer: lstm({ units: 2 }) }),
  ], { seed: 1 });
  m.build([null, 2]);
  const padded = m.predict(X.map((row) => [...row, [9, 9], [9, 9]])).data;
  m.predict(X).data.forEach((v, i) => assert(Math.abs(padded[i] - v) < 1e-6));
});

Deno.test("first states go from one bidirectional layer to the next, and a layer of the user's own comes back", async () => {
  const x = input({ shape: [4, 2] });
  const [y, ...states] = bidirectional({
    layer: lstm({ units: 3, returnSequences: true, returnState: true }),
  }).apply<layers.LayerOutput[]>(x);
  const z = bidirectional({
    layer: lstm({ units: 3 }),
    backwardLayer: lstm({ units: 3, goBackwards: true, name: "own", activation: "sigmoid" }),
  }).apply(y, { initialState: states });
  const m = model({ inputs: x, outputs: z });
  assertEquals(m.weights.at(-1)!.name, "bidirectional_1/own/bias");
  m.compile({ optimizer: "adam", loss: "mse" });
  m.trainOnBatch(X, drawNumbers(5, 6, 1));
  const again = await loadModel(m.toBytes());
  assertEquals(again.predict(X), m.predict(X));
  assertEquals(again.weights, m.weights);
});

Deno.test("layers that are no two directions are refused", () => {
  const make = (options: object) => () => bidirectional(options as never);
  assertThrows(make({}), TypeError, "it must be a layer or a model, got undefined");
  assertThrows(make({ layer: layers.dense({ units: 2 }) }), TypeError, "layer must be a recurrent layer");
  assertThrows(make({ layer: lstm({ units: 2 }), mergeMode: "dot" }), RangeError, "mergeMode");
  assertThrows(
    make({ layer: lstm({ units: 2 }), backwardLayer: lstm({ units: 2 }) }),
    TypeError,
    "goBackwards of layer and backwardLayer must differ, got false",
  );
  assertThrows(
    make({ layer: lstm({ units: 2 }), backwardLayer: lstm({ units: 2, goBackwards: true, returnSequences: true }) }),
    TypeError,
    "returnSequences of layer and backwardLayer must be the same, got true",
  );
  const own = { id: "own", config: {}, initialize: (shape: readonly number[]) => new Float32Array(shape[0]) };
  assertThrows(
    make({ layer: lstm({ units: 2, biasInitializer: own as never }) }),
    TypeError,
    'no copy of layer "lstm" can be made from its saved form',
  );
  const other = lstm({ units: 3, goBackwards: true });
  assertThrows(
    () =>
      sequential([
        bidirectional({ layer: lstm({ units: 2 }), backwardLayer: other, mergeMode: "sum", inputShape: [4, 2] }),
      ]),
    TypeError,
  );
  assertThrows(
    () => bidirectional({ layer: lstm({ units: 2 }) }).apply([input({ shape: [4, 2] }), input({ shape: [2] })]),
    TypeError,
    "it does not take 2 inputs",
  );
  const m = sequential([bidirectional({ layer: lstm({ units: 2, returnSequences: true }), inputShape: [null, 2] })]);
  assertThrows(() => stepper(m), TypeError, "bidirectional needs all steps at once");
});
