import { Graph } from "../graph/graph.ts";
import { compileProgram } from "../program/compile_program.ts";
import type { ModelPlace } from "../program/program.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { explainWeights, findSickWeights } from "./check_weights.ts";
import type { Network } from "./network.ts";
import { LIKELY_CAUSES, NonFiniteError } from "./non_finite_error.ts";
import type { FailedBatch } from "./program_source.ts";

/**
 * Finds where a value stopped being finite: runs the forward pass of the batch again with every value kept, and names the first layer.
 *
 * @param trace adds the loss of the batch to a graph
 */
export function explainNonFinite(
  network: Network,
  trace: (graph: Graph) => Symbolic,
  failed: FailedBatch,
  locate: (leaf: Symbolic) => ModelPlace,
): NonFiniteError {
  const { epoch, batch } = failed;
  const at = `in epoch ${epoch + 1}, batch ${batch + 1}`;
  const sick = findSickWeights(network.variables, network.memory);
  if (sick !== null) return explainWeights(sick, at, epoch, batch);
  const graph = new Graph({ batch: failed.rows });
  const loss = trace(graph);
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
  const first = graph.nodes.find((node) => {
    return traced.outputs[`node ${node.id}`] !== undefined && !loaded.output(`node ${node.id}`).every(Number.isFinite);
  });
  network.memory.unload(loaded);
  const layer = first === undefined || first.layer === "" ? null : first.layer;
  const where = layer === null ? "the loss" : `the output of layer "${layer}"`;
  return new NonFiniteError(
    `Training stopped ${at}: ${where} is the first value that is not finite. ${LIKELY_CAUSES}. The model keeps its last finished step.`,
    { layer, epoch, batch },
  );
}
