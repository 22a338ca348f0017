import type { VariablePlace } from "../program/variable_place.ts";
import type { ModelMemory } from "../workers/model_memory.ts";
import { LIKELY_CAUSES, NonFiniteError } from "./non_finite_error.ts";

/**
 * Checks that the weights are finite after an epoch: a step can make them infinite although its own loss was finite.
 *
 * @throws {NonFiniteError} If they are not. They are lost then: the step has overwritten them.
 */
export function checkWeights(variables: readonly VariablePlace[], memory: ModelMemory, epoch: number): void {
  // The sum is finite if all weights are; padding and overflow of the sum are told apart in the second look.
  const weights = memory.view("weights");
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i];
  if (Number.isFinite(sum)) return;
  const sick = findSickWeights(variables, memory);
  if (sick !== null) throw explainWeights(sick, `at the end of epoch ${epoch + 1}`, epoch, null);
}

/** The first variable that is not finite. */
export function findSickWeights(variables: readonly VariablePlace[], memory: ModelMemory): VariablePlace | null {
  return variables.find((v) => !memory.view(v.block, v.offset, v.elements).every(Number.isFinite)) ?? null;
}

/** The error for weights that are not finite. */
export function explainWeights(sick: VariablePlace, at: string, epoch: number, batch: number | null): NonFiniteError {
  const layer = sick.name.slice(0, sick.name.lastIndexOf("/"));
  const what =
    `the weights "${sick.name}" of layer "${layer}" stopped being finite in an earlier step: the gradient exploded`;
  const advice = "They are lost: go on from a saved model, or build it anew.";
  return new NonFiniteError(`Training stopped ${at}: ${what}. ${LIKELY_CAUSES}. ${advice}`, { layer, epoch, batch });
}
