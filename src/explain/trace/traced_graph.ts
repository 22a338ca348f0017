import type { Graph } from "../../graph/graph.ts";
import type { Internals } from "../../models/internals.ts";
import type { Symbolic } from "../../tensor/symbolic.ts";
import type { BatchKind } from "../../training/program_source.ts";
import type { TracedLoss } from "../../training/traced_programs.ts";
import { type AnyModel, internalsOf } from "./internals_of.ts";

/** One call of a layer: which values are its own. Of a model that is called as a layer these are the calls inside it. */
export interface TracedCall {
  /** The layer's name; of a layer inside a model or another layer `<outer>/<name>`. */
  readonly layer: string;
  /** 0 for the first call of this layer, 1 for the next one. */
  readonly call: number;
  /** What goes into the activation; the output itself where there is none. */
  readonly z: Symbolic;
  /** What the call gives; of several results the first. */
  readonly a: Symbolic;
  /** The id of the activation that is between them; null if there is none. */
  readonly activation: string | null;
}

/** A model's loss with its backward pass, as a graph. */
export interface TracedGraph extends Pick<TracedLoss, "loss" | "losses" | "outputs" | "labels" | "inputs"> {
  readonly internals: Internals;
  readonly graph: Graph;
  /** How many of the nodes belong to the forward pass: those with smaller numbers. */
  readonly forwardCount: number;
  readonly calls: readonly TracedCall[];
  /** ∂loss/∂value, by the number of the value's node; null where nothing flows back. */
  readonly gradients: ReadonlyMap<number, Symbolic | null>;
}

/** Ops that are activations though they are no elementwise formulas. */
const ROW_ACTIVATIONS: ReadonlySet<string> = new Set(["softmax", "log_softmax"]);

/**
 * Traces the loss of a batch of a model, and the derivatives of the loss by values.
 *
 * @param what what is done, for messages
 * @param by the derivatives that are asked for: by `all` values that the weights or the inputs flow into, and by the inputs; or by the
 *   weights and what `layers` give alone; or by `none`
 * @throws {Error} If the model is not built or not compiled
 */
export function traceGraph(
  what: string,
  model: AnyModel,
  batch: BatchKind,
  { training, by }: { readonly training: boolean; readonly by: "all" | "layers" | "none" },
): TracedGraph {
  const internals = internalsOf(what, model);
  const { network, trainer } = model;
  const graph = new internals.Graph({ batch: batch.rows });
  const traced = new internals.TracedPrograms(network, trainer.compiled).traceLoss(graph, batch, training);
  const forwardCount = graph.nodes.length;
  const calls = listCalls(internals, graph, traced);
  const targets = by === "all"
    ? listFlowing(graph, forwardCount)
    : by === "none"
    ? []
    : [...new Set([...calls.flatMap(({ z, a }) => [z, a]), ...graph.nodes.filter(({ op }) => op === "variable")])];
  const found = internals.differentiate(graph, traced.loss, targets);
  const gradients = new Map(targets.map(({ id }, i) => [id, found[i]]));
  const { loss, losses, outputs, labels, inputs } = traced;
  return { internals, graph, forwardCount, calls, gradients, loss, losses, outputs, labels, inputs };
}

/** The values that weights or inputs of the model flow into, and these themselves. */
function listFlowing(graph: Graph, count: number): Symbolic[] {
  const flows: boolean[] = [];
  for (const { id, op, inputs, attributes } of graph.nodes.slice(0, count)) {
    flows[id] = op === "variable" || op === "input" && /^x(?:\/|$)/.test(attributes.name as string) ||
      inputs.some((input) => flows[input.id]);
  }
  return graph.nodes.slice(0, count).filter(({ id, parts }) => flows[id] && parts === undefined);
}

/** The calls of layers, those inside of models and wrappers included. */
function listCalls(internals: Internals, graph: Graph, { calls }: TracedLoss): TracedCall[] {
  const activations = new Set(internals.activationFormulas.map(({ id }) => id));
  const counts = new Map<string, number>();
  const found: TracedCall[] = [];
  for (const { layer, from, to, outputs } of calls) {
    const own = graph.nodes.slice(from, to);
    const names = [...new Set(own.map((node) => node.layer))].filter((name) => name !== "");
    for (const name of names.includes(layer.name) || names.length === 0 ? [layer.name] : names) {
      const a = name === layer.name ? outputs[0] : own.findLast((node) => node.layer === name)!;
      const call = counts.get(name) ?? 0;
      counts.set(name, call + 1);
      const formula = a.op === "map" ? a.attributes.formula as string : a.op;
      const isActivation = a.inputs.length === 1 && (activations.has(formula) || ROW_ACTIVATIONS.has(a.op)) &&
        a.id >= from && a.id < to;
      found.push({
        layer: name,
        call,
        a,
        z: isActivation ? a.inputs[0] : a,
        activation: isActivation ? formula : null,
      });
    }
  }
  return found;
}
