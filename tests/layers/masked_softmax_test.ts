import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { compileModel, input, layers, model, toModule } from "../../mod.ts";
import { load } from "../../src/edge/blocks.ts";
import { differentiate } from "../../src/graph/differentiate.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";
import { runGraph } from "../compose/run_graph.ts";
import golden from "../golden/masked_softmax.json" with { type: "json" };

for (const [i, { axis, x, mask, y, dy, dx }] of golden.entries()) {
  Deno.test(`masked softmax agrees with PyTorch, case ${i + 1}: ${x.shape} over axis ${axis}, mask ${mask.shape}`, () => {
    const layer = layers.softmax({ axis });
    layer.addNode([layers.inputLayer({ shape: x.shape.slice(1) }).open()]);
    const graph = new Graph({ batch: x.shape[0] });
    const values = new Map<Symbolic, readonly number[]>();
    const leaf = (name: string, { shape, data }: { shape: number[]; data: number[] }): Symbolic => {
      const node = graph.input(name, shape);
      values.set(node, data);
      return node;
    };
    const [source, given, weights] = [leaf("x", x), leaf("mask", mask), leaf("dy", dy)];
    const masks = new Map<Symbolic, Symbolic>();
    const [result] = layer.trace(
      {
        graph,
        training: true,
        seed: 1,
        masks,
        nextIndex: () => 0,
        assign: () => {},
        addLoss: () => {},
        changeLabels: () => {},
        isFrozen: () => false,
        variable: () => source,
      },
      [source],
      { index: 0, path: "layer", options: { mask: given } },
    );
    assertEquals(result.shape, y.shape);
    // A mask of every element has done its work; one of steps goes on.
    assertEquals(masks.has(result), mask.shape.length < x.shape.length);
    const [gradient] = differentiate(graph, graph.apply("weighted_sum", [result, weights]), [source]) as Symbolic[];
    const near = (found: ArrayLike<number>, wanted: readonly number[], tolerance: number, what: string): void =>
      wanted.forEach((w, j) => assertAlmostEquals(found[j], w, tolerance, `${what} [${j}]`));
    const [exactY, exactDx] = evaluateGraph([result, gradient], (node) => Float64Array.from(values.get(node)!));
    near(exactY, y.data, 1e-12, "y");
    near(exactDx, dx.data, 1e-12, "dx");
    const leaves = [source, given, weights];
    const valueOf = (node: Symbolic): Float32Array => Float32Array.from(values.get(node)!);
    const alone = runGraph(leaves, [result, gradient], valueOf);
    // Probabilities: a chain of some kernels of a few ulp, from numbers below 16.
    near(alone[0], y.data, 1e-6, "y of the kernels");
    near(alone[1], dx.data, 4e-6, "dx of the kernels");
    for (const ranks of [2, 3, 4, 7]) assertEquals(runGraph(leaves, [result, gradient], valueOf, ranks), alone);
  });
}

Deno.test("a model takes the mask as an input, trains with it, and is compiled for the edge with one input", async () => {
  const scores = input({ shape: [3] }), allowed = input({ shape: [3] });
  const out = layers.softmax().apply(layers.dense({ units: 3 }).apply(scores), { mask: allowed });
  const net = model({ inputs: [scores, allowed], outputs: out }, { seed: 3 });
  net.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy" });
  const x = [[[1, 2, 3], [0, 1, 0]], [[1, 1, 0], [0, 1, 1]]];
  const { history } = await net.fit(x, [0, 2], { epochs: 3, verbose: 0 });
  assert(history.loss.every(Number.isFinite));
  const p = net.predict(x).data;
  assertEquals([p[2], p[3]], [0, 0]);
  assertAlmostEquals(p[0] + p[1], 1, 1e-6);
  assertThrows(() => layers.softmax().apply(scores, { mask: input({ shape: [4] }) }), TypeError, "a mask must have");
  // A mask that the model makes itself.
  const steps = input({ shape: [4, 2] });
  const weights = layers.softmax({ axis: 1 }).apply(layers.dense({ units: 1 }).apply(layers.masking().apply(steps)));
  const attention = model({ inputs: steps, outputs: weights }, { seed: 1 });
  const sequence = [[[1, 2], [0, 0], [3, 1], [0, 0]]];
  const wanted = attention.predict(sequence).data;
  assertEquals([wanted[1], wanted[3]], [0, 0]);
  const module = await import(`data:text/javascript,${encodeURIComponent(toModule(attention))}`);
  for (const found of [load(compileModel(attention)).predict(sequence), module.predict(sequence)]) {
    (found as number[][][]).flat(2).forEach((v, i) => assertAlmostEquals(v, wanted[i], 1e-6));
  }
});
