import { assertEquals } from "@std/assert";
import { layers } from "../../mod.ts";
import { differentiate } from "../../src/graph/differentiate.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import { layerTable } from "../../src/layers/gen/table.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";
import { compare } from "./compare_goldens.ts";
import { type Numbers, runKernels } from "./run_layer.ts";

interface Golden {
  readonly layer: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly x: Numbers;
  readonly mask: Numbers | null;
  readonly states: readonly Numbers[] | null;
  readonly weights: readonly Numbers[];
  readonly y: readonly Numbers[];
  readonly dy: readonly Numbers[];
  readonly gradients: readonly Numbers[];
}

const goldens: readonly Golden[] = JSON.parse(
  await Deno.readTextFile(new URL("../golden/recurrent.json", import.meta.url)),
);

/** Chains of some 50 roundings in float32, of steps that feed each other. */
const ROUNDINGS = 128;

for (const [at, given] of goldens.entries()) {
  const { layer, options, x, mask, states, weights, y, dy, gradients } = given;
  const has = `${mask === null ? "" : ", masked"}${states === null ? "" : ", with states"}`;
  Deno.test(`${layer} ${at} ${JSON.stringify(options)} of [${x.shape}]${has} agrees with PyTorch`, () => {
    const made = layerTable[layer as "lstm"].create(options) as layers.Layer;
    made.addNode([layers.inputLayer({ shape: x.shape.slice(1) }).open()]);
    const graph = new Graph({ batch: x.shape[0] });
    const values = new Map<Symbolic, readonly number[]>();
    const leaf = (name: string, { shape, data }: Numbers): Symbolic => {
      const node = graph.input(name, shape);
      values.set(node, data);
      return node;
    };
    const input = leaf("x", x);
    const masks = new Map<Symbolic, Symbolic>();
    if (mask !== null) masks.set(input, leaf("mask", mask));
    assertEquals(made.weights.map(({ shape }) => shape), weights.map(({ shape }) => shape));
    const variables = weights.map((weight, i) => leaf(made.weights[i].name, weight));
    const first = (states ?? []).map((state, i) => leaf(`state${i}`, state));
    const scope = {
      graph,
      training: true,
      seed: 1,
      masks,
      nextIndex: () => 0,
      assign: () => {},
      addLoss: () => {},
      changeLabels: () => {},
      isFrozen: () => false,
      variable: (_: object, { name }: layers.WeightSpec) => variables[made.weights.findIndex((w) => w.name === name)],
    };
    const results = made.trace(scope, [input, ...first], { index: 0, path: layer, options: {} });
    const losses = results.map((result, i) => graph.apply("weighted_sum", [result, leaf(`dy${i}`, dy[i])]));
    const loss = losses.reduce((a, b) => graph.apply("map", [a, b], { formula: "add" }));
    const targets = [input, ...first, ...variables];
    const found = differentiate(graph, loss, targets).map((node, i) => node ?? graph.constant(0, targets[i].shape));
    const outputs = [...results, ...found];
    const wanted = [...y, ...gradients];
    const float64 = evaluateGraph(outputs, (node) => Float64Array.from(values.get(node)!));
    const kernels = runKernels([...values.keys()], outputs, (node) => Float32Array.from(values.get(node)!));
    const names = [...y.map((_, i) => `result ${i}`), ...targets.map((node) => `d${node.attributes.name}`)];
    wanted.forEach(({ shape, data }, i) => {
      assertEquals(outputs[i].shape, shape, names[i]);
      compare(names[i], float64[i], data, 1e-12);
      compare(`kernels' ${names[i]}`, kernels[i], data, ROUNDINGS * 2 ** -24);
    });
  });
}
