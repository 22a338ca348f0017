import { Graph } from "../graph/graph.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import type { TracePlace, TraceScope } from "./tracing.ts";
import type { WeightSpec } from "./weight_spec.ts";

/** A layer that is built, as far as its ops go. */
interface BuiltLayer {
  readonly name: string;
  trace(scope: TraceScope, inputs: readonly Symbolic[], place: TracePlace): readonly Symbolic[];
}

/** The shapes of what a layer gives for inputs of the given shapes, all of one sample: it is traced on a graph that nobody computes. */
export function findShapes(layer: BuiltLayer, shapes: readonly Shape[]): readonly Shape[] {
  const graph = new Graph({ batch: 1, shapesOnly: true });
  const weights = new Map<WeightSpec, Symbolic>();
  const scope: TraceScope = {
    graph,
    training: false,
    seed: 0,
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
  const inputs = shapes.map((shape, i) => graph.input(`x/${i}`, [1, ...shape]));
  return layer.trace(scope, inputs, { index: 0, path: layer.name, options: {} }).map(({ shape }) => shape.slice(1));
}
