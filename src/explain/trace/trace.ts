import type { DataInputs, SampleInputs, SampleWeights } from "../../data/data_input.ts";
import type { Dataset } from "../../data/dataset.ts";
import { checkBoolean } from "../../errors/check_boolean.ts";
import { checkOptions } from "../../errors/check_options.ts";
import { describeValue } from "../../errors/describe_value.ts";
import type { Shape } from "../../tensor/shape.ts";
import type { Symbolic } from "../../tensor/symbolic.ts";
import { describeNode } from "./describe_node.ts";
import { fillInputs } from "./fill_inputs.ts";
import type { AnyModel } from "./internals_of.ts";
import { internalsOf } from "./internals_of.ts";
import { type TracedGraph, traceGraph } from "./traced_graph.ts";
import { Tracer } from "./tracer.ts";

/** Options of `trace`. */
export interface TraceOptions {
  /** Whether dropout and the like are on, as in a training step. Default false. */
  training?: boolean;
  /** `"float32"`: as the kernels compute, the default. `"float64"`: by the reference of every op, which is slow and more exact. */
  precision?: "float32" | "float64";
  /** One weight a sample, as in `fit`. */
  sampleWeight?: SampleWeights;
}

/** One value that was computed on the way to the loss. */
export interface TraceNode {
  /** Its number; what it is computed from has smaller ones. */
  readonly id: number;
  /** The op that computes it: `input`, `variable`, `matmul`, `map` (an elementwise formula), … */
  readonly op: string;
  /** The layer that it belongs to; empty for inputs, weights and the loss. */
  readonly layer: string;
  /** What it is called: `x/0`, `dense/kernel`, `dense/z` (before the activation), `dense/a` (what the layer gives), `loss`, or `%7`. */
  readonly name: string;
  /** How it is computed of its inputs: `matmul(x/0, dense/kernel)`, `sigmoid(dense/z) = 1 / (1 + exp(-x))`; empty for a leaf. */
  readonly formula: string;
  /** The numbers of the values that it is computed from. */
  readonly inputs: readonly number[];
  /** Its shape, the batch first. */
  readonly shape: Shape;
  /** The value, flat, the last axis fastest. */
  readonly value: Float32Array | Float64Array;
  /** ∂loss/∂value; null where nothing flows back. */
  readonly gradient: Float32Array | Float64Array | null;
}

/** Which nodes are what a call of a layer computes. */
export interface TraceCall {
  /** The layer's name. */
  readonly layer: string;
  /** 0 for the first call of this layer, 1 for the next one. */
  readonly call: number;
  /** The number of the value that goes into the activation; of `a` where there is none. */
  readonly z: number;
  /** The number of what the call gives. */
  readonly a: number;
  /** The activation between them, `sigmoid`; null if there is none. */
  readonly activation: string | null;
}

/** Every value of one forward and backward pass, as plain data. */
export interface Trace {
  /** The version of this form. */
  readonly version: 1;
  /** How it was computed. */
  readonly precision: "float32" | "float64";
  /** Whether dropout and the like were on. */
  readonly training: boolean;
  /** How many samples the batch has. */
  readonly samples: number;
  /** The loss, penalties included. */
  readonly loss: number;
  /** The values, each behind those that it is computed from. */
  readonly nodes: readonly TraceNode[];
  /** The calls of layers, in their order. */
  readonly calls: readonly TraceCall[];
  /** The weights: their names, and the numbers of their nodes. */
  readonly parameters: readonly { readonly name: string; readonly node: number }[];
  /** The numbers of what the model predicts, for each output that is trained. */
  readonly outputs: readonly number[];
}

/** A traced batch with the graph that it came from. */
export interface TracedBatch {
  readonly trace: Trace;
  readonly traced: TracedGraph;
}

/**
 * Runs one batch forward and backward, and gives every value and ∂loss/∂value. The loss is the one of a training step: penalties and weights
 * of samples count. The model does not change.
 *
 * A loss that is fused with the activation before it (crossentropy behind sigmoid or softmax) reads what goes into the activation: no gradient
 * flows to the prediction itself then, and it is null.
 *
 * @example
 * ```ts ignore
 * import { trace } from "retroprop/explain";
 * const { nodes } = trace(model, [[0.1, 0.5]], [[0]]);
 * nodes.find(({ name }) => name === "dense/z")?.gradient; // ∂loss/∂z
 * ```
 * @throws {TypeError | RangeError} As `fit`, for data that the model cannot take; Error if it is not built or not compiled
 */
export function trace(model: AnyModel, x: SampleInputs, y: DataInputs, options: TraceOptions = {}): Trace {
  return traceBatch("trace a model", model, x, y, options).trace;
}

/** As `trace`, with the graph. */
export function traceBatch(
  what: string,
  model: AnyModel,
  x: SampleInputs,
  y: DataInputs,
  options: TraceOptions = {},
): TracedBatch {
  checkOptions(what, options, ["training", "precision", "sampleWeight"]);
  const training = checkBoolean(what, "training", options.training ?? false);
  const { precision = "float32" } = options;
  if (precision !== "float32" && precision !== "float64") {
    throw new RangeError(
      `Cannot ${what}: precision must be "float32" or "float64", got ${describeValue(precision)}`,
    );
  }
  const { samplesFor } = internalsOf(what, model);
  const samples = samplesFor(model, x, y, options.sampleWeight);
  const batch = { rows: samples.count, shapes: samples.shapes };
  if (precision === "float64") {
    const traced = traceGraph(what, model, batch, { training, by: "all" });
    const values = evaluateAll(model, traced, samples);
    return { traced, trace: describe(traced, { precision, training }, ({ id }) => values[id]) };
  }
  const tracer = new Tracer(model, batch, { what, training, by: "all" });
  try {
    tracer.run(samples);
    const { traced } = tracer;
    // The number of the step lies in memory as an integer.
    const valueOf = (node: Symbolic): Float32Array =>
      node.op === "cell" ? Float32Array.of(model.trainer.step) : tracer.valueOf(node)!.slice();
    return { traced, trace: describe(traced, { precision, training }, valueOf) };
  } finally {
    tracer.close();
  }
}

/** The float64 values of all nodes, by their numbers. */
function evaluateAll(model: AnyModel, traced: TracedGraph, samples: Dataset): Float64Array[] {
  const { network, trainer } = model;
  const inputs = fillInputs(model, traced, samples);
  return traced.internals.evaluateGraph(traced.graph.nodes, ({ op, attributes }) => {
    const name = attributes.name as string;
    if (op === "input") return Float64Array.from(inputs.get(name)!);
    return op === "cell"
      ? Float64Array.of(trainer.step)
      : Float64Array.from(network.values(network.variableNamed(name)));
  });
}

/** The trace of a graph whose values are known. */
function describe(
  traced: TracedGraph,
  { precision, training }: Pick<Trace, "precision" | "training">,
  valueOf: (node: Symbolic) => Float32Array | Float64Array,
): Trace {
  const { graph, forwardCount, gradients, calls, loss, outputs, internals } = traced;
  const names = nameNodes(traced);
  const nodes = graph.nodes.slice(0, forwardCount).filter(({ parts }) => parts === undefined).map((node): TraceNode => {
    const back = gradients.get(node.id) ?? null;
    return {
      id: node.id,
      op: node.op,
      layer: node.layer,
      name: names(node),
      formula: describeNode(internals, node, names),
      inputs: node.inputs.map(({ id }) => id),
      shape: node.shape,
      value: valueOf(node),
      gradient: back === null ? null : valueOf(back),
    };
  });
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return {
    version: 1,
    precision,
    training,
    samples: graph.batch!,
    loss: byId.get(loss.id)!.value[0],
    nodes,
    calls: calls.map(({ layer, call, z, a, activation }) => ({ layer, call, z: z.id, a: a.id, activation })),
    parameters: nodes.filter(({ op }) => op === "variable").map(({ name, id }) => ({ name, node: id })),
    outputs: outputs.map(({ id }) => id),
  };
}

/** What nodes are called. */
function nameNodes({ calls, loss }: TracedGraph): (node: Symbolic) => string {
  const known = new Map<number, string>();
  for (const { layer, call, z, a } of calls) {
    const name = call === 0 ? layer : `${layer}#${call + 1}`;
    if (!known.has(a.id)) known.set(a.id, `${name}/a`);
    if (!known.has(z.id)) known.set(z.id, `${name}/z`);
  }
  known.set(loss.id, "loss");
  return ({ id, attributes }) => typeof attributes.name === "string" ? attributes.name : known.get(id) ?? `%${id}`;
}
