import { Graph } from "../graph/graph.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import type { LayerOutput } from "./layer_output.ts";
import type { TracePlace, TraceScope } from "./tracing.ts";
import type { WeightSpec } from "./weight_spec.ts";

/** A layer that is built, as far as its ops go. */
interface BuiltLayer {
  readonly name: string;
  trace(scope: TraceScope, inputs: readonly Symbolic[], place: TracePlace): readonly Symbolic[];
}

/** The shape of a result for one sample, and that of its mask; null for none. */
export interface ResultShape {
  readonly shape: Shape;
  readonly mask: Shape | null;
}

/**
 * The shapes of what a layer gives for inputs of the given shapes, all of one sample: it is traced on a graph that nobody computes.
 *
 * @param mask what the call was given as the mask of its first input
 */
export function findShapes(
  layer: BuiltLayer,
  inputs: readonly LayerOutput[],
  mask?: LayerOutput | null,
): readonly ResultShape[] {
  const graph = new Graph({ batch: 1, shapesOnly: true });
  const weights = new Map<WeightSpec, Symbolic>();
  const masks = new Map<Symbolic, Symbolic>();
  const scope: TraceScope = {
    graph,
    training: false,
    seed: 0,
    masks,
    nextIndex: () => 0,
    assign: () => {},
    addLoss: () => {},
    isFrozen: () => false,
    variable(_, weight) {
      let node = weights.get(weight);
      if (node === undefined) weights.set(weight, node = graph.variable(`${weights.size}`, weight.shape));
      return node;
    },
  };
  const nodes = inputs.map(({ sampleShape, sampleMask }, i) => {
    const x = graph.input(`x/${i}`, [1, ...sampleShape]);
    if (sampleMask !== null) masks.set(x, graph.input(`m/${i}`, [1, ...sampleMask]));
    return x;
  });
  const place = {
    index: 0,
    path: layer.name,
    options: {},
    ...(mask ? { mask: graph.input("mask", [1, ...mask.sampleShape]) } : {}),
  };
  return layer.trace(scope, nodes, place).map((y) => {
    return { shape: y.shape.slice(1), mask: masks.get(y)?.shape.slice(1) ?? null };
  });
}
