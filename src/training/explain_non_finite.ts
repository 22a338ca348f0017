import { Graph } from "../graph/graph.ts";
import { compileProgram } from "../program/compile_program.ts";
import type { ModelPlace } from "../program/program.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { explainWeights, findSickWeights } from "./check_weights.ts";
import type { Network } from "./network.ts";
import { LIKELY_CAUSES, NonFiniteError, WHICH_CAUSE } from "./non_finite_error.ts";
import type { FailedBatch } from "./program_source.ts";

/** A part of the loss: which nodes of its graph belong to it. */
export interface LossPart {
  /** What it is: `the penalty on "dense/kernel"`. */
  readonly name: string;
  /** The layer that it is of; null for what is of an output. */
  readonly layer: string | null;
  /** The output that it is of; null for a penalty. */
  readonly predictions: Symbolic | null;
  /** Its nodes: those with these numbers, the last one left out. */
  readonly from: number;
  readonly to: number;
}

/**
 * Finds where a value stopped being finite: runs the forward pass of the batch again with every value kept, and names the first layer.
 *
 * @param trace adds the loss of the batch to a graph
 */
export function explainNonFinite(
  network: Network,
  trace: (graph: Graph) => { readonly loss: Symbolic; readonly parts: readonly LossPart[] },
  failed: FailedBatch,
  locate: (leaf: Symbolic) => ModelPlace,
): NonFiniteError {
  const { epoch, batch } = failed;
  const at = `in epoch ${epoch + 1}, batch ${batch + 1}`;
  const sick = findSickWeights(network.variables, network.memory);
  if (sick !== null) return explainWeights(sick, at, epoch, batch);
  const graph = new Graph({ batch: failed.rows });
  const { loss, parts } = trace(graph);
  const traced = compileProgram({
    outputs: [{ name: "loss", node: loss }],
    locate,
    keepAll: true,
  });
  const loaded = network.load(traced);
  for (const [name, values] of Object.entries(failed.inputs)) {
    if (traced.inputs[name] !== undefined) loaded.input(name).set(values);
  }
  loaded.run();
  const valuesOf = ({ id }: Symbolic): Float32Array | null => {
    return traced.outputs[`node ${id}`] === undefined ? null : loaded.output(`node ${id}`);
  };
  const first = graph.nodes.find((node) => valuesOf(node)?.every(Number.isFinite) === false);
  const part = parts.find(({ from, to }) => first !== undefined && first.id >= from && first.id < to);
  const isOfLayer = first !== undefined && first.layer !== "";
  const layer = isOfLayer ? first.layer : part?.layer ?? null;
  const range = isOfLayer || !part?.predictions ? "" : describeRange(valuesOf(part.predictions));
  network.memory.unload(loaded);
  const where = isOfLayer ? `the output of layer "${layer}"` : part?.name ?? "the loss";
  return new NonFiniteError(
    `Training stopped ${at}: ${where} is the first value that is not finite${range}. ${LIKELY_CAUSES}. ${WHICH_CAUSE}. The model keeps its last finished step.`,
    { layer, epoch, batch },
  );
}

/** Between which numbers predictions lie, for a loss that is not finite; empty where nobody computed them. */
function describeRange(predictions: Float32Array | null): string {
  if (predictions === null) return "";
  const [least, most] = [Math.min, Math.max].map((pick) => predictions.reduce((found, value) => pick(found, value)));
  return `, for predictions from ${least.toPrecision(2)} to ${most.toPrecision(2)}`;
}
