import { Graph } from "../graph/graph.ts";
import { compileProgram } from "../program/compile_program.ts";
import type { LoadedProgram } from "../workers/loaded_program.ts";
import type { Variable } from "./network.ts";
import type { Trainer } from "./trainer.ts";

/** Training met NaN or Infinity. Where the weights are still finite, they are those of the last finished step. */
export class NonFiniteError extends Error {
  override readonly name = "NonFiniteError";
  /** The first layer whose output is not finite; null if it is the loss. */
  readonly layer: string | null;
  /** The epoch, from 0. */
  readonly epoch: number;
  /** The batch in the epoch, from 0; null if it was found at the epoch's end. */
  readonly batch: number | null;

  constructor(message: string, place: { layer: string | null; epoch: number; batch: number | null }) {
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
  const sick = findSickWeights(trainer);
  if (sick !== null) return explainWeights(sick, at, epoch, batch);
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
  return new NonFiniteError(
    `Training stopped ${at}: ${where} is the first value that is not finite. ${CAUSES}. The model keeps its last finished step.`,
    { layer, epoch, batch },
  );
}

/**
 * Checks that the weights are finite after an epoch: a step can make them infinite although its own loss was finite.
 *
 * @throws {NonFiniteError} If they are not. They are lost then: the step has overwritten them.
 */
export function checkWeights(trainer: Trainer, epoch: number): void {
  // The sum is finite if all weights are; padding and overflow of the sum are told apart in the second look.
  const weights = trainer.network.memory.view("weights");
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i];
  if (Number.isFinite(sum)) return;
  const sick = findSickWeights(trainer);
  if (sick !== null) throw explainWeights(sick, `at the end of epoch ${epoch + 1}`, epoch, null);
}

function findSickWeights({ network }: Trainer): Variable | null {
  return network.variables.find((v) => !network.values(v).every(Number.isFinite)) ?? null;
}

function explainWeights(sick: Variable, at: string, epoch: number, batch: number | null): NonFiniteError {
  const layer = sick.layer.name;
  const what =
    `the weights "${sick.name}" of layer "${layer}" stopped being finite in an earlier step: the gradient exploded`;
  const advice = "They are lost: go on from a saved model, or build it anew.";
  return new NonFiniteError(`Training stopped ${at}: ${what}. ${CAUSES}. ${advice}`, { layer, epoch, batch });
}

const CAUSES =
  "Likely causes: a learning rate that is too high (try a tenth), gradients that explode (try clipnorm: 1), data that are not " +
  "scaled, or weights that begin too large";
