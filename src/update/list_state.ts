import type { AnyOptimizer } from "../optimizers/any_optimizer.ts";
import { isPopulation } from "../optimizers/population_optimizer.ts";
import type { VariablePlace } from "../program/variable_place.ts";
import { PopulationLayout } from "./population_layout.ts";
import type { StateTensor } from "./state_tensor.ts";
import { UpdateLayout } from "./update_layout.ts";

/** What an optimizer keeps for the variables of a model, as it stands in files. */
export function listState(
  optimizer: AnyOptimizer,
  variables: readonly VariablePlace[],
): readonly StateTensor[] {
  if (!isPopulation(optimizer)) return new UpdateLayout(optimizer, variables).parts;
  const inner = optimizer.inner === null ? [] : new UpdateLayout(optimizer.inner, variables).parts;
  return [...new PopulationLayout(optimizer, variables).parts, ...inner];
}
