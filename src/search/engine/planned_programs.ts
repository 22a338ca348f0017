import type { Program } from "../../program/program.ts";
import { explainWeights, findSickWeights } from "../../training/check_weights.ts";
import type { UpdatePrograms } from "../../update/compile_update.ts";
import { LIKELY_CAUSES, NonFiniteError } from "../../training/non_finite_error.ts";
import type { BatchKind, FailedBatch, ProgramSource, StepKind } from "../../training/program_source.ts";
import type { ModelMemory } from "../../workers/model_memory.ts";
import { nameStep } from "./name_step.ts";
import type { TrialPlan } from "./trial_plan.ts";

/** The programs of a plan. */
export class PlannedPrograms implements ProgramSource {
  readonly #plan: TrialPlan;
  readonly #memory: () => ModelMemory;

  /** @param memory The memory that is trained in, for messages. */
  constructor(plan: TrialPlan, memory: () => ModelMemory) {
    this.#plan = plan;
    this.#memory = memory;
  }

  compileStep(kind: StepKind, batch: BatchKind): Program {
    const name = nameStep(kind, batch);
    const program = this.#plan.steps[name];
    if (program === undefined) throw new Error(`The plan has no program "${name}"`);
    return program;
  }

  compileUpdate(): UpdatePrograms {
    return this.#plan.update;
  }

  explain({ epoch, batch }: FailedBatch): NonFiniteError {
    const at = `in epoch ${epoch + 1}, batch ${batch + 1}`;
    const sick = findSickWeights(this.#plan.variables, this.#memory());
    if (sick !== null) return explainWeights(sick, at, epoch, batch);
    return new NonFiniteError(`Training stopped ${at}: the loss is not finite. ${LIKELY_CAUSES}.`, {
      layer: null,
      epoch,
      batch,
    });
  }
}
