import { resolveOptimizers } from "../../optimizers/resolve_optimizers.ts";
import { resolveSchedule } from "../../schedules/resolve_schedule.ts";
import { type Goal, Objective } from "../../training/objective.ts";
import { metricSelection } from "../../training/metric_selection.ts";
import { lossSelection, type Selection } from "../../training/selection.ts";
import { Trainer } from "../../training/trainer.ts";
import type { TrainerHost } from "../../training/trainer_host.ts";
import { type Block, ModelMemory } from "../../workers/model_memory.ts";
import { PlannedPrograms } from "./planned_programs.ts";
import { readLoss } from "./saved_loss.ts";
import { readMetric, type SavedMetric } from "./saved_metric.ts";
import { applyState, type TrainerState } from "./trainer_state.ts";
import type { TrialCompilation } from "./trial_compilation.ts";
import type { PlannedGoal, TrialPlan } from "./trial_plan.ts";

/**
 * A trainer of a plan's model, in a memory of its own.
 *
 * @param state Where to go on; where the plan begins, if null.
 * @param compiled What the model was compiled with, for functions of the user's own, which no plan holds.
 */
export function openPlan(plan: TrialPlan, state: TrainerState | null, compiled = readCompiled(plan)): Trainer {
  const { inputCount, variables, weightElements, slotElements, stagedElements, stateElements, seed, isConstrained } =
    plan;
  let memory: ModelMemory | null = null;
  const host: TrainerHost = {
    inputCount,
    seed,
    isConstrained,
    variables,
    weightElements,
    slotElements,
    stagedElements,
    get memory() {
      return memory!;
    },
    allocate: (blocks: readonly Block[]) =>
      memory = new ModelMemory([
        { name: "weights", elements: weightElements },
        { name: "state", elements: stateElements },
        { name: "step", elements: 4 },
        ...blocks,
      ], plan.numerics),
    blockOf: (name) => name,
    load: (program) => memory!.load(program),
  };
  const trainer: Trainer = new Trainer(host, compiled, new PlannedPrograms(plan, () => trainer.memory));
  applyState(trainer, state ?? plan.start);
  trainer.learningRate = compiled.learningRate;
  return trainer;
}

/** What a plan's model was compiled with. */
export function readCompiled({ optimizer, goals, selection, namesOutputs, learningRate }: TrialPlan): TrialCompilation {
  const read = ({ port, output, loss, lossWeight, metrics, weightedMetrics }: PlannedGoal): Goal => {
    const rule = readLoss(loss);
    const context = { lossId: loss.id, predWidth: 1, trueWidth: 1, link: rule.link ?? null };
    const resolve = (row: SavedMetric) => readMetric(row, context);
    return {
      port,
      output,
      loss: rule,
      lossWeight,
      metrics: metrics.map(resolve),
      weightedMetrics: weightedMetrics.map(resolve),
    };
  };
  const found = goals.map(read);
  return {
    optimizer: resolveOptimizers(optimizer as never),
    objective: new Objective(found, namesOutputs, readSelection(selection, found)),
    learningRate: typeof learningRate === "number" ? learningRate : resolveSchedule(learningRate as never),
  };
}

function readSelection(saved: TrialPlan["selection"], goals: readonly Goal[]): Selection {
  if (saved === null) return lossSelection;
  const { goal, metric, direction } = saved;
  const { id } = goals[goal].loss;
  const own = readMetric(metric, { lossId: id, predWidth: 1, trueWidth: 1, link: goals[goal].loss.link ?? null });
  return metricSelection(goals, goal, own, direction, null);
}
