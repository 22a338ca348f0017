import { assert, assertEquals } from "@std/assert";
import { layers } from "../../mod.ts";
import { differentiate } from "../../src/graph/differentiate.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import type { Layer } from "../../src/layers/layer.ts";
import { listLayers } from "../../src/layers/list_layers.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";
import { runGraph } from "../compose/run_graph.ts";
import golden from "../golden/attention.json" with { type: "json" };
import { compare } from "./compare_goldens.ts";
import type { Numbers } from "./run_layer.ts";

/** float32 beside float64: products of a few dozen terms, two projections and two normalizations, relative to the largest number of a tensor. */
const FLOAT32 = 64 * 2 ** -24;

for (const [number, given] of golden.entries()) {
  const { layer: type, options, inputs, masks, pairs, causal, weights, y, probabilities, dy, dp, dx, dweights } = given;
  const shapes = inputs.map(({ shape }, i) => `[${shape}]${masks[i] === null ? "" : " masked"}`).join(", ");
  /** As one op, or as the products and the softmax that compiled models have. */
  const check = (hasAllKernels: boolean): void => {
    const create = layers[type as "attention"] as (options: object) => Layer;
    const layer = create({ name: "layer", ...options });
    layer.addNode(inputs.map(({ shape }) => layers.inputLayer({ shape: shape.slice(1) }).open()));
    const graph = new Graph({ batch: inputs[0].shape[0], hasAllKernels });
    const values = new Map<Symbolic, readonly number[]>();
    const leaf = (name: string, { shape, data }: Numbers): Symbolic => {
      const node = graph.input(name, shape);
      values.set(node, data);
      return node;
    };
    const xs = inputs.map((x, i) => leaf(`x${i}`, x));
    const ofSteps = masks.map((mask, i) => mask === null ? null : leaf(`m${i}`, mask));
    const known = weights as unknown as Readonly<Record<string, Numbers>>;
    const variables = new Map(
      listLayers([layer]).flatMap(({ layer: one, path }) =>
        one.weights.map(({ name, shape }): [string, Symbolic] => {
          const full = `${path}/${name}`.replace("layer/", "");
          assertEquals([...shape], known[full]?.shape, full);
          return [full, leaf(full, known[full])];
        })
      ),
    );
    assertEquals([...variables.keys()].sort(), Object.keys(known).sort());
    const paths = new Map(listLayers([layer]).map(({ layer, path }) => [layer, path]));
    const results = layer.trace(
      {
        graph,
        training: false,
        seed: 1,
        masks: new Map(),
        nextIndex: () => 0,
        assign: () => {},
        addLoss: () => {},
        changeLabels: () => {},
        isFrozen: () => false,
        variable: (one, { name }) => variables.get(`${paths.get(one as Layer)}/${name}`.replace("layer/", ""))!,
      },
      xs,
      {
        index: 0,
        path: "layer",
        options: {
          mask: ofSteps,
          attentionMask: pairs === null ? null : leaf("pairs", pairs),
          useCausalMask: causal,
          returnAttentionScores: dp !== null,
        },
      },
    );
    assertEquals(results.length, dp === null ? 1 : 2);
    assertEquals(results[0].shape, y.shape);
    const losses = [dy, ...(dp === null ? [] : [{ shape: probabilities!.shape, data: dp.data }])].map((weights, i) => {
      assertEquals(results[i].shape, weights.shape);
      return graph.apply("weighted_sum", [results[i], leaf(`d${i}`, weights)]);
    });
    const loss = losses.reduce((a, b) => graph.ops.add(a, b));
    const learnt = Object.keys(known).map((name) => variables.get(name)!);
    const zero = (x: Symbolic): Symbolic => graph.constant(0, x.shape);
    const sources = [...xs, ...learnt];
    const gradients = differentiate(graph, loss, sources).map((g, i) => g ?? zero(sources[i]));
    const outputs = [...results, ...gradients];
    const wanted = [
      y,
      ...(probabilities === null ? [] : [probabilities]),
      ...dx,
      ...Object.keys(known).map((name) => (dweights as unknown as Record<string, Numbers>)[name]),
    ];
    // Key biases have the gradient 0 by themselves; all are measured by the largest of them, or 1.
    const exact = evaluateGraph(outputs, (node) => Float64Array.from(values.get(node)!));
    const scale = wanted.flatMap(({ data }) => data).reduce((most, v) => Math.max(most, Math.abs(v)), 1);
    wanted.forEach(({ data }, i) => compare(`result ${i}`, exact[i], data, 1e-12 * scale));
    const leaves = [...values.keys()];
    const valueOf = (node: Symbolic): Float32Array => Float32Array.from(values.get(node)!);
    const alone = runGraph(leaves, outputs, valueOf);
    wanted.forEach(({ data }, i) => {
      data.forEach((w, j) =>
        assert(Math.abs(alone[i][j] - w) <= FLOAT32 * scale, `${i} ${j}: ${alone[i][j]}, not ${w}`)
      );
    });
    for (const ranks of [2, 3, 4, 7]) assertEquals(runGraph(leaves, outputs, valueOf, ranks), alone);
  };
  Deno.test(`${type} ${number} of ${shapes}${causal ? ", causal" : ""} agrees with PyTorch, for any number of threads`, () => {
    for (const hasAllKernels of dp === null ? [true, false] : [true]) check(hasAllKernels);
  });
}
