import { Graph } from "../graph/graph.ts";
import { compileProgram } from "../program/compile_program.ts";
import type { LoadedProgram } from "../workers/model_memory.ts";
import type { Trainer } from "./trainer.ts";

/** Training met NaN or Infinity. The model keeps the weights of its last finished step. */
export class NonFiniteError extends Error {
  override readonly name = "NonFiniteError";
  /** The first layer whose output is not finite; null if it is the loss. */
  readonly layer: string | null;
  /** The epoch, from 0. */
  readonly epoch: number;
  /** The batch in the epoch, from 0. */
  readonly batch: number;

  constructor(message: string, place: { layer: string | null; epoch: number; batch: number }) {
    super(message);
    this.layer = place.layer;
    this.epoch = place.epoch;
    this.batch = place.batch;
  }
}

/**
 * Finds where a value stopped being finite: runs the forward pass of the batch again with every value kept, and names the first layer.
 */
export function explainNonFinite(
  trainer: Trainer,
  program: LoadedProgram,
  rows: number,
  epoch: number,
  batch: number,
): NonFiniteError {
  const inputs = (["x", "y", "scale"] as const).map((name) => [name, program.input(name).slice()] as const);
  const { network } = trainer;
  const at = `in epoch ${epoch + 1}, batch ${batch + 1}`;
  const sick = network.variables.find((v) => !network.values(v).every(Number.isFinite));
  if (sick !== undefined) {
    const layer = sick.layer.name;
    const what = `the weights "${sick.name}" of layer "${layer}" stopped being finite before this step: the gradient exploded`;
    return new NonFiniteError(`Training stopped ${at}: ${what}. ${CAUSES}`, { layer, epoch, batch });
  }
  const graph = new Graph();
  const { loss } = trainer.traceLoss(graph, rows, true);
  const traced = compileProgram({
    outputs: [{ name: "loss", node: loss }],
    locate: (leaf) => network.locate(leaf),
    keepAll: true,
  });
  const loaded = network.memory.load(traced);
  for (const [name, values] of inputs) if (traced.inputs[name] !== undefined) loaded.input(name).set(values);
  trainer.runForward(loaded);
  const first = graph.nodes.find((node) => {
    return traced.outputs[`node ${node.id}`] !== undefined && !loaded.output(`node ${node.id}`).every(Number.isFinite);
  });
  network.memory.unload(loaded);
  const layer = first === undefined || first.layer === "" ? null : first.layer;
  const where = layer === null ? "the loss" : `the output of layer "${layer}"`;
  return new NonFiniteError(`Training stopped ${at}: ${where} is the first value that is not finite. ${CAUSES}`, {
    layer,
    epoch,
    batch,
  });
}

const CAUSES = "Likely causes: a learning rate that is too high (try a tenth), gradients that explode (try clipnorm: 1), data that are not " +
  "scaled, or weights that begin too large. The model keeps its last finished step.";
