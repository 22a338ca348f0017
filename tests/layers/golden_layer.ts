import { assert, assertEquals } from "@std/assert";
import { type layers, sequential } from "../../mod.ts";
import { differentiate } from "../../src/graph/differentiate.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import { listWeights } from "../../src/store/list_weights.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";

/** Numbers in arrays of any depth. */
export type Nested = number | readonly Nested[];

/** What PyTorch says of one layer: tests/golden/normalization.py. */
export interface GoldenLayer {
  readonly type: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly x: Nested;
  readonly weights: readonly Nested[];
  readonly dy: Nested;
  readonly y: Nested;
  readonly dx: Nested;
  readonly dweights: readonly Nested[];
  readonly training?: {
    readonly target: Nested;
    readonly learningRate: number;
    readonly losses: readonly number[];
    readonly weights: readonly Nested[];
  };
}

/** float32 of a layer of some hundred elements, relative to the largest of a tensor. */
const FLOAT32 = 5e-6;
/** Both are float64. */
const FLOAT64 = 1e-11;

/** The numbers of nested arrays, in their order. */
function flat(values: Nested): number[] {
  return typeof values === "number" ? [values] : values.flatMap(flat);
}

function shapeOf(values: Nested): number[] {
  return typeof values === "number" ? [] : [values.length, ...shapeOf(values[0])];
}

function near(found: ArrayLike<number>, expected: Nested, tolerance: number, what: string): void {
  const values = flat(expected);
  assertEquals(found.length, values.length, what);
  const scale = values.reduce((most, v) => Math.max(most, Math.abs(v)), 1e-30);
  values.forEach((value, i) =>
    assert(Math.abs(found[i] - value) <= tolerance * scale, `${what} [${i}]: ${found[i]}, PyTorch ${value}`)
  );
}

/** Holds a layer's forward pass, its gradients and three steps of training against PyTorch's. */
export function checkGoldenLayer(given: GoldenLayer, create: () => layers.Layer, numerics: "fast" | "portable"): void {
  const build = () => {
    const model = sequential([create()], { numerics });
    model.build(shapeOf(given.x).slice(1));
    model.setWeights(given.weights as number[][]);
    return model;
  };
  const model = build();
  near(model.predict(given.x as number[][]).data, given.y, FLOAT32, "y");
  checkGradients(given, model.layers[0]);
  if (given.training === undefined) return;
  const { target, learningRate, losses, weights } = given.training;
  model.compile({ optimizer: { id: "sgd", config: { learningRate } }, loss: "mse" });
  for (const [step, loss] of losses.entries()) {
    near([model.trainOnBatch(given.x as number[][], target as number[][]).loss], [loss], FLOAT32, `loss ${step}`);
  }
  model.getWeights().forEach((weight, i) => near(weight.data, weights[i], FLOAT32, model.weights[i].name));
}

/** The graph of the layer, in float64: y, and the gradients of Σ y · dy. */
function checkGradients(given: GoldenLayer, layer: layers.Layer): void {
  const graph = new Graph({ batch: shapeOf(given.x)[0] });
  const x = graph.variable("x", shapeOf(given.x));
  const dy = graph.input("dy", shapeOf(given.y));
  const all = listWeights([layer]);
  const weights = all.map(({ name, spec }) => graph.variable(name, spec.shape));
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
    variable: (_: object, spec: layers.WeightSpec) => weights[all.findIndex((w) => w.spec === spec)],
  };
  const [y] = layer.trace(scope, [x], { index: 0, path: "layer", options: {} });
  const leaves = new Map<Symbolic, number[]>([[x, flat(given.x)], [dy, flat(given.dy)]]);
  weights.forEach((weight, i) => leaves.set(weight, flat(given.weights[i])));
  const loss = graph.apply("weighted_sum", [y, dy]);
  const learned = weights.filter((_, i) => all[i].spec.trainable !== false);
  const gradients = differentiate(graph, loss, [x, ...learned]);
  const found = evaluateGraph([y, ...gradients as Symbolic[]], (leaf) => Float64Array.from(leaves.get(leaf)!));
  near(found[0], given.y, FLOAT64, "y in float64");
  near(found[1], given.dx, FLOAT64, "dx");
  given.dweights.forEach((values, i) => near(found[2 + i], values, FLOAT64, `d${learned[i].attributes.name}`));
}
