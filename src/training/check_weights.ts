import type { VariablePlace } from "../program/variable_place.ts";
import type { ModelMemory } from "../workers/model_memory.ts";
import type { Trainer } from "./trainer.ts";
import { LIKELY_CAUSES, NonFiniteError, WHICH_CAUSE } from "./non_finite_error.ts";

/**
 * Checks that the weights are finite after an epoch: a step can make them infinite although its own loss was finite.
 *
 * @throws {NonFiniteError} If they are not. They are lost then: the step has overwritten them.
 */
export function checkWeights({ probe, host, memory }: Trainer, epoch: number): void {
  probe.run();
  if (probe.output("finite")[0] === 0) return;
  const sick = findSickWeights(host.variables, memory); // none, if it was padding only
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
  return new NonFiniteError(`Training stopped ${at}: ${what}. ${LIKELY_CAUSES}. ${WHICH_CAUSE}. ${advice}`, {
    layer,
    epoch,
    batch,
  });
}
