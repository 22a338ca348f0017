import { assert, assertAlmostEquals, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { checkGradients, compileModel, input, layers, loadModel, model, sequential, toModule } from "../../mod.ts";
import { load } from "../../src/edge/blocks.ts";
import { drawNumbers } from "../models/draw_numbers.ts";

type Output = ReturnType<typeof input>;

/** Samples of steps of numbers. */
function drawSteps(rows: number, steps: number, width: number, seed: number): number[][][] {
  return Array.from({ length: rows }, (_, row) => drawNumbers(steps, width, seed + row) as unknown as number[][]);
}

Deno.test("weights have Keras's names and shapes", () => {
  const query = input({ shape: [5, 6] }), value = input({ shape: [7, 3] });
  const heads = layers.multiHeadAttention({ numHeads: 2, keyDim: 4, valueDim: 5, name: "mha" });
  assertEquals(heads.apply([query, value]).shape, [null, 5, 6]);
  const net = model({ inputs: [query, value], outputs: heads.output });
  assertEquals(net.weights.map(({ name, shape }) => [name, shape.join()]), [
    ["mha/query/kernel", "6,2,4"],
    ["mha/query/bias", "2,4"],
    ["mha/key/kernel", "3,2,4"],
    ["mha/key/bias", "2,4"],
    ["mha/value/kernel", "3,2,5"],
    ["mha/value/bias", "2,5"],
    ["mha/attention_output/kernel", "2,5,6"],
    ["mha/attention_output/bias", "6"],
  ]);
  const block = layers.transformerEncoder({ intermediateDim: 8, numHeads: 2, name: "block" });
  const stack = sequential([layers.inputLayer({ shape: [5, 6] }), block]);
  const names = stack.weights.map(({ name }) => name);
  assertEquals(names[0], "block/self_attention_layer/query/kernel");
  assertEquals(names.filter((name) => name.includes("feedforward")).length, 6);
});

Deno.test("options of calls are saved with the model: masks, a causal one, scores", async () => {
  const query = input({ shape: [4, 3], name: "query" }), value = input({ shape: [6, 3], name: "value" });
  const mask = input({ shape: [6], name: "mask" }), pairs = input({ shape: [4, 6], name: "pairs" });
  const heads = layers.multiHeadAttention({ numHeads: 2, keyDim: 2, name: "heads" });
  const options = { mask: [null, mask], attentionMask: pairs, useCausalMask: true, returnAttentionScores: true };
  const [y, scores] = heads.apply<readonly Output[]>([query, value], options);
  assertEquals([y.shape, scores.shape], [[null, 4, 3], [null, 2, 4, 6]]);
  const net = model({ inputs: { query, value, mask, pairs }, outputs: { y, scores } }, { seed: 4 });
  const data = {
    query: drawSteps(3, 4, 3, 1),
    value: drawSteps(3, 6, 3, 9),
    mask: [[0, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1], [1, 0, 1, 1, 1, 1]],
    pairs: [0, 1, 2].map((row) =>
      [0, 1, 2, 3].map((i) => [0, 1, 2, 3, 4, 5].map((j) => Number((row + i + j) % 4 > 0)))
    ),
  };
  const found = net.predict(data);
  const p = found.scores.data;
  for (let row = 0; row < 3; row++) {
    for (let i = 0; i < 4; i++) {
      const counts = [0, 1, 2, 3, 4, 5].map((j) => j <= i && data.mask[row][j] === 1 && data.pairs[row][i][j] === 1);
      for (let h = 0; h < 2; h++) {
        const probabilities = [...p.slice(((row * 2 + h) * 4 + i) * 6).slice(0, 6)];
        assertAlmostEquals(probabilities.reduce((a, b) => a + b), 1, 1e-6);
        // Without any key that is left it attends to all alike.
        if (!counts.includes(true)) probabilities.forEach((v) => assertAlmostEquals(v, 1 / 6, 1e-7));
        else probabilities.forEach((v, j) => assertEquals(v > 0, counts[j], `${row} ${i} ${j}`));
      }
    }
  }
  const again = await loadModel(net.toBytes());
  assertEquals(again.predict(data), found);
  assertEquals(again.toBytes(), net.toBytes());
  assert(net.summary().includes("query, value, mask: mask, attentionMask: pairs"), net.summary());
});

Deno.test("with useCausalMask a block sees nothing of later steps, and runs at the edge", async () => {
  const x = input({ shape: [5, 4] });
  const block = layers.transformerEncoder({ intermediateDim: 6, numHeads: 2, normalizeFirst: true });
  const net = model({ inputs: x, outputs: block.apply(x, { useCausalMask: true }) }, { seed: 2 });
  const [sample] = drawSteps(1, 5, 4, 3);
  const changed = sample.map((step, i) => i < 3 ? step : step.map((v) => v + 1));
  const [a, b] = [sample, changed].map((one) => net.predict([one]).data);
  assertEquals(a.slice(0, 12), b.slice(0, 12));
  assertNotEquals(a.slice(12), b.slice(12));
  const module = await import(`data:text/javascript,${encodeURIComponent(toModule(net))}`);
  for (const found of [load(compileModel(net)).predict([sample]), module.predict([sample])]) {
    (found as number[][][]).flat(2).forEach((v, i) => assertAlmostEquals(v, a[i], 1e-5));
  }
});

Deno.test("what is masked changes nothing that counts, through layers that pass masks on", () => {
  const net = sequential([
    layers.masking({ inputShape: [6, 3] }),
    layers.multiHeadAttention({ numHeads: 2, keyDim: 2 }),
    layers.transformerEncoder({ intermediateDim: 4, numHeads: 1 }),
  ], { seed: 5 });
  net.compile({ optimizer: "sgd", loss: "mse" });
  const [short] = drawSteps(1, 4, 3, 3);
  const nothing = [0, 0, 0];
  const y = drawSteps(1, 6, 3, 8)[0];
  const [front, back] = [[nothing, nothing, ...short], [...short, nothing, nothing]].map((
    x,
  ) => [...net.predict([x]).data]);
  front.slice(6).forEach((v, i) => assertAlmostEquals(v, back[i], 1e-6));
  const losses = [y, y.map((step, i) => i < 4 ? step : [7, 7, 7])].map((y) =>
    net.evaluate([[...short, nothing, nothing]], [y], { verbose: 0 }).loss
  );
  assertEquals(losses[0], losses[1]);
  const report = checkGradients(net, [[...short, nothing, nothing]], [y], { elements: 12, verbose: false });
  assert(report.worst.relativeError < 1e-3, report.text);
});

Deno.test("dropout of probabilities is the same in both passes, another one at each step, and none in predict", () => {
  const build = (dropout: number) => {
    const net = sequential([layers.multiHeadAttention({ numHeads: 2, keyDim: 2, dropout, inputShape: [5, 3] })], {
      seed: 5,
    });
    net.compile({ optimizer: "sgd", loss: "mse" });
    return net;
  };
  const x = drawSteps(4, 5, 3, 3), y = drawSteps(4, 5, 3, 8);
  assertEquals(build(0.5).predict(x), build(0).predict(x));
  const net = build(0.5);
  const report = checkGradients(net, x, y, { elements: 12, verbose: false });
  assert(report.worst.relativeError < 1e-3, report.text);
  const still = build(0.5), plain = build(0);
  const losses = [0, 1].map(() => still.trainOnBatch(x, y).loss);
  assert(losses[0] !== plain.trainOnBatch(x, y).loss && losses[0] !== losses[1]);
});

Deno.test("without scores the values are those with scores, to the rounding of float32", () => {
  for (const [steps, keys] of [[5, 5], [70, 33], [130, 257]]) {
    const query = input({ shape: [steps, 12] }), value = input({ shape: [keys, 7] });
    const heads = layers.multiHeadAttention({ numHeads: 3, keyDim: 5 });
    const [y] = heads.apply<readonly Output[]>([query, value], { useCausalMask: true, returnAttentionScores: true });
    const plain = model({ inputs: [query, value], outputs: y }, { seed: 1 });
    const fused = model({ inputs: [query, value], outputs: heads.apply([query, value], { useCausalMask: true }) });
    const data = [drawSteps(2, steps, 12, 1), drawSteps(2, keys, 7, 50)];
    const [a, b] = [plain, fused].map((net) => net.predict(data).data);
    // Both differ from the float64 values by some roundings of a softmax and two sums, of numbers up to 4.
    a.forEach((v, i) => assertAlmostEquals(b[i], v, 4e-6));
  }
});

Deno.test("attention refuses what does not fit, and says what it wants", () => {
  const x = input({ shape: [5, 4], name: "x" }), wide = input({ shape: [6, 3], name: "wide" });
  // deno-lint-ignore no-explicit-any
  const any = (options: unknown): any => options;
  const bad: [() => unknown, string][] = [
    [() => layers.multiHeadAttention(any({ numHeads: 0, keyDim: 2 })), "numHeads must be"],
    [() => layers.multiHeadAttention(any({ numHeads: 2 })), "keyDim must be"],
    [() => layers.multiHeadAttention({ numHeads: 2, keyDim: 2, dropout: 1 }), "dropout must be"],
    [
      () => layers.multiHeadAttention(any({ numHeads: 2, keyDim: 2, activation: "relu" })),
      'unknown option "activation"',
    ],
    [
      () => layers.multiHeadAttention({ numHeads: 2, keyDim: 2, attentionAxes: 0 }),
      "attentionAxes must be integers >= 1",
    ],
    [
      () => layers.multiHeadAttention({ numHeads: 2, keyDim: 2, attentionAxes: 2 }).apply(input({ shape: [3, 4, 5] })),
      "attentionAxes must be all axes between the batch and the last one, [1, 2], got [2]",
    ],
    [
      () => layers.multiHeadAttention({ numHeads: 2, keyDim: 2 }).apply(input({ shape: [4] })),
      "must be [steps, width]",
    ],
    [
      () => layers.multiHeadAttention({ numHeads: 2, keyDim: 2 }).apply([x, x, wide]),
      "key and value must have the same steps",
    ],
    [() => layers.multiHeadAttention({ numHeads: 2, keyDim: 2 }).apply([x, x, x, x]), "does not take 4 inputs"],
    [
      () =>
        layers.multiHeadAttention({ numHeads: 2, keyDim: 2 }).apply(input({ shape: [3, 4, 5] }), {
          useCausalMask: true,
        }),
      "useCausalMask needs one axis of steps",
    ],
    [
      () => layers.multiHeadAttention({ numHeads: 2, keyDim: 2 }).apply(x, { attentionMask: input({ shape: [5, 4] }) }),
      "attentionMask must say which keys count for each query, [batch, 5, 5]",
    ],
    [() => layers.multiHeadAttention({ numHeads: 2, keyDim: 2 }).apply(x, { mask: [null, null] }), "at most 1 entries"],
    [
      () => layers.multiHeadAttention({ numHeads: 2, keyDim: 2 }).apply(x, any({ attentionMask: [x] })),
      "must be one tensor",
    ],
    [
      () => layers.multiHeadAttention({ numHeads: 2, keyDim: 2 }).apply(x, any({ useCausalMask: 1 })),
      "must be true or false",
    ],
    [() => layers.dense({ units: 2 }).apply(x, { useCausalMask: true }), "it takes no useCausalMask"],
    [() => layers.dense({ units: 2 }).apply(x, { attentionMask: x }), "it takes no attentionMask"],
    [() => layers.dense({ units: 2 }).apply(x, any({ useCausal: true })), 'did you mean "useCausalMask"'],
    [
      () => layers.groupedQueryAttention({ headDim: 2, numQueryHeads: 3, numKeyValueHeads: 2 }),
      "numKeyValueHeads must divide numQueryHeads, got 2 and 3",
    ],
    [() => layers.attention(any({ scoreMode: "add" })), 'scoreMode must be "dot" or "concat"'],
    [() => layers.attention().apply([x, wide]), "query and key must have one width"],
    [() => layers.attention().apply(x), "does not take 1 inputs"],
    [() => layers.additiveAttention().apply([x, input({ shape: [2, 3, 4] })]), "the value must be [steps, width]"],
    [() => layers.transformerEncoder({ intermediateDim: 3, numHeads: 5 }).apply(x), "at least one column a head"],
  ];
  for (const [run, message] of bad) assertThrows(run, Error, message);
});

Deno.test("a model of steps whose number is unknown attends over as many as there are", () => {
  const x = input({ shape: [null, 4] });
  const attended = layers.multiHeadAttention({ numHeads: 2, keyDim: 3 }).apply(x, { useCausalMask: true });
  const net = model({ inputs: x, outputs: layers.attention().apply([attended, x]) }, { seed: 7 });
  for (const steps of [3, 8]) assertEquals(net.predict(drawSteps(2, steps, 4, 5)).shape, [2, steps, 4]);
});
