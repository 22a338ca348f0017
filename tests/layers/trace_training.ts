import { input, type layers } from "../../mod.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import type { LabelChange } from "../../src/layers/tracing.ts";

/** Where a layer without weights draws from. */
export interface DrawPlace {
  readonly seed: number;
  /** The number of its call. */
  readonly index: number;
  readonly step: number;
}

/** Samples, and their labels, each with the batch first. */
export interface Batch {
  readonly shape: readonly number[];
  readonly x: ArrayLike<number>;
  readonly labels?: { readonly shape: readonly number[]; readonly data: ArrayLike<number> };
}

/** What a layer without weights gives in a training step, in float64: its result, and the labels as it leaves them. */
export function traceTraining(
  layer: layers.Layer,
  { shape, x, labels = { shape: [shape[0]], data: new Float64Array(shape[0]) } }: Batch,
  { seed, index, step }: DrawPlace,
): { y: Float64Array; labels: Float64Array } {
  if (layer.nodes.length === 0) layer.apply(input({ shape: shape.slice(1) }));
  const graph = new Graph({ batch: shape[0] });
  const [samples, given] = [graph.input("x", shape), graph.input("y", labels.shape)];
  const changes: LabelChange[] = [];
  const scope = {
    graph,
    training: true,
    seed,
    masks: new Map(),
    nextIndex: () => 0,
    assign: () => {},
    addLoss: () => {},
    changeLabels: (change: LabelChange) => changes.push(change),
    isFrozen: () => false,
    variable: () => {
      throw new Error("no weights here");
    },
  };
  const [result] = layer.trace(scope, [samples], { index, path: "layer", options: {} });
  const changed = changes.reduce((all, { change }) => change(all), given);
  const [y, left] = evaluateGraph([result, changed], (leaf) => {
    if (leaf === samples) return Float64Array.from(x);
    return leaf === given ? Float64Array.from(labels.data) : Float64Array.of(step);
  });
  return { y, labels: left };
}
