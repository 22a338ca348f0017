import type { Model } from "../../models/model.ts";
import { RandomStream } from "../../tensor/random_stream.ts";
import { streamOf } from "../../tensor/streams.ts";
import type { BatchKind, StepKind } from "../../training/program_source.ts";
import type { Selection } from "../../training/selection.ts";
import { TracedPrograms } from "../../training/traced_programs.ts";
import { drawInitial } from "../../training/draw_initial.ts";
import { nameStep } from "./name_step.ts";
import { saveLoss } from "./saved_loss.ts";
import { saveMetric } from "./saved_metric.ts";
import { saveRow } from "./saved_row.ts";
import { captureState, type TrainerState } from "./trainer_state.ts";
import type { TrialCompilation } from "./trial_compilation.ts";
import type { TrialPlan } from "./trial_plan.ts";

/** Which programs a plan needs, and how its repetitions differ. */
export interface PlanNeeds {
  /** The batches that there are. */
  readonly batches: Readonly<Record<StepKind, readonly BatchKind[]>>;
  /** Draws the weights anew from this seed instead of taking the model's; null: takes them. */
  readonly redraw: number | null;
}

/**
 * Makes the plan of a model that is built and compiled.
 *
 * @param compiled What the model was compiled with, resolved.
 */
export function makeTrialPlan(model: Model, compiled: TrialCompilation, { batches, redraw }: PlanNeeds): TrialPlan {
  const { network } = model;
  const source = new TracedPrograms(network, compiled);
  const steps = Object.fromEntries(
    (["train", "test"] as const).flatMap((kind) =>
      batches[kind].map((batch) => [nameStep(kind, batch), source.compileStep(kind, batch, 1)])
    ),
  );
  const { optimizer, objective, learningRate: rate } = compiled;
  return {
    numerics: network.numerics,
    inputCount: network.inputCount,
    isConstrained: network.isConstrained,
    variables: network.variables.map(({ name, shape, block, offset, slot, elements, trainable, staged, touched }) => {
      return { name, shape, block, offset, slot, elements, trainable, staged, touched };
    }),
    weightElements: network.weightElements,
    slotElements: network.slotElements,
    stagedElements: network.stagedElements,
    stateElements: network.memory.view("state").length,
    steps,
    update: source.compileUpdate(1),
    optimizer: saveRow(optimizer),
    goals: objective.goals.map(({ port, output, loss, lossWeight, metrics, weightedMetrics }) => ({
      port,
      output,
      loss: saveLoss(loss),
      lossWeight,
      metrics: metrics.map(saveMetric),
      weightedMetrics: weightedMetrics.map(saveMetric),
    })),
    selection: saveSelection(objective.selection),
    namesOutputs: objective.isNamed,
    learningRate: typeof rate === "number" ? rate : saveRow(rate),
    start: redraw === null ? startOf(model) : drawStart(model, redraw),
    seed: redraw ?? model.seed,
  };
}

function saveSelection({ goal, metric, direction }: Selection): TrialPlan["selection"] {
  return goal === null || metric === null ? null : { goal, metric: saveMetric(metric), direction };
}

/** The state that a model is in, training included. */
function startOf(model: Model): TrainerState {
  const trainer = model.trainerIfAny;
  if (trainer !== null) return captureState(trainer);
  const { memory } = model.network;
  const blocks = Object.fromEntries(["weights", "state"].map((name) => [name, new Float32Array(memory.view(name))]));
  return { blocks, iteration: 0, step: 0, epochs: 0 };
}

/** The state that the model would begin in with another seed. */
function drawStart(model: Model, seed: number): TrainerState {
  const { network } = model;
  const start = { ...startOf(model), iteration: 0, step: 0, epochs: 0 };
  const blocks = { weights: start.blocks.weights, state: start.blocks.state };
  network.variables.forEach(({ name, block, offset, spec }, i) => {
    blocks[block].set(drawInitial(name, spec, new RandomStream(seed, streamOf("init", i))), offset);
  });
  return { ...start, blocks };
}
