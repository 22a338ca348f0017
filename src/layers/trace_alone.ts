import { Graph } from "../graph/graph.ts";
import { fillShape } from "../tensor/fill_shape.ts";
import { isKnown } from "../tensor/is_known.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { listTensors, mapTensors } from "./call_options.ts";
import type { CallOptions, IndexUse, LayerOutput } from "./layer_output.ts";
import type { TracePlace, TraceScope } from "./tracing.ts";
import type { WeightSpec } from "./weight_spec.ts";

/** A layer that is built, as far as its ops go. */
export interface BuiltLayer {
  readonly name: string;
  trace(scope: TraceScope, inputs: readonly Symbolic[], place: TracePlace): readonly Symbolic[];
}

/** One call of a layer: what it reads. */
export interface TracedCall {
  readonly layer: BuiltLayer;
  readonly inputs: readonly LayerOutput[];
  readonly options: Readonly<CallOptions>;
}

/** Whether lengths of what a call reads are unknown. */
export function isOpenCall({ inputs, options }: TracedCall): boolean {
  return [...inputs, ...listTensors(options).map(({ tensor }) => tensor)].some(({ sampleShape, sampleMask }) => {
    return !isKnown(sampleShape) || (sampleMask !== null && !isKnown(sampleMask));
  });
}

/** How a call is traced. */
export interface TraceManner {
  readonly training: boolean;
  isFrozen(layer: object): boolean;
  /** Is told of the weights that get new values in a training step. */
  assign(layer: object, weight: WeightSpec): void;
}

/** The shapes of one result for one sample: its own, and that of its mask; null for none. */
export interface KnownShapes {
  readonly shape: Shape;
  readonly mask: Shape | null;
}

/** What tracing a call alone finds. */
export interface TracedAlone {
  readonly results: readonly KnownShapes[];
  readonly indices: readonly IndexUse[];
}

/**
 * Traces one call on a graph of its own that nobody computes, for one sample, and gives the shapes of its results, and which inputs it takes for
 * numbers of rows.
 *
 * @param length what is taken for the length of axes that are unknown
 * @param how as in a training step, or as in prediction
 */
export function traceAlone(
  { layer, inputs, options }: TracedCall,
  length: number,
  { training, isFrozen, assign }: TraceManner = { training: false, isFrozen: () => false, assign: () => {} },
): TracedAlone {
  const graph = new Graph({ batch: 1, shapesOnly: true });
  const weights = new Map<WeightSpec, Symbolic>();
  const masks = new Map<Symbolic, Symbolic>();
  const scope: TraceScope = {
    graph,
    training,
    seed: 0,
    masks,
    nextIndex: () => 0,
    assign,
    addLoss: () => {},
    changeLabels: () => {},
    isFrozen,
    variable(_, weight) {
      let node = weights.get(weight);
      if (node === undefined) weights.set(weight, node = graph.variable(`${weights.size}`, weight.shape));
      return node;
    },
  };
  const nodes = inputs.map(({ sampleShape, sampleMask }, i) => {
    const x = graph.input(`x/${i}`, [1, ...fillShape(sampleShape, length)]);
    if (sampleMask !== null) masks.set(x, graph.input(`m/${i}`, [1, ...fillShape(sampleMask, length)]));
    return x;
  });
  let optionTensors = 0;
  const place = {
    index: 0,
    path: layer.name,
    options: mapTensors(options, ({ sampleShape }) => {
      return graph.input(`option/${optionTensors++}`, [1, ...fillShape(sampleShape, length)]);
    }),
  };
  const results = layer.trace(scope, nodes, place).map((y) => {
    return { shape: y.shape.slice(1), mask: masks.get(y)?.shape.slice(1) ?? null };
  });
  return { results, indices: findIndices(graph, nodes, layer.name) };
}

/** The inputs that rows are looked up by as they are. */
function findIndices({ nodes }: Graph, inputs: readonly Symbolic[], layer: string): readonly IndexUse[] {
  return nodes.flatMap((node): IndexUse[] => {
    if (node.op !== "gather" || node.attributes.checked !== true) return [];
    let [{ shape: [limit] }, x] = node.inputs;
    while (x.op === "reshape") [x] = x.inputs;
    const input = inputs.indexOf(x);
    return input < 0 ? [] : [{ input, limit, within: node.layer.slice(layer.length) }];
  });
}
