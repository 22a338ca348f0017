import type { PopulationOptimizer } from "../optimizers/population_optimizer.ts";
import type { VariablePlace } from "../program/variable_place.ts";
import { PopulationLayout } from "./population_layout.ts";
import { createUpdate, type Update } from "./update.ts";

/** The update of an optimizer without gradients: that of its inner one, or none, since a generation gives the model its weights. */
export function createPopulationUpdate(optimizer: PopulationOptimizer, variables: readonly VariablePlace[]): Update {
  const { parts, blocks } = new PopulationLayout(optimizer, variables);
  const inner = optimizer.inner === null ? null : createUpdate(optimizer.inner, variables);
  return {
    blocks: [...blocks, ...inner?.blocks ?? []],
    parts: [...parts, ...inner?.parts ?? []],
    followsWeights: inner?.followsWeights ?? false,
    pointOf: () => null,
    initialize: (view) => inner?.initialize(view),
    writeCells: (cells, numbers) => inner?.writeCells(cells, numbers),
    run: (programs, cells, numbers) => inner === null ? numbers.iteration + 1 : inner.run(programs, cells, numbers),
    iterationAfter: (step, iteration) => inner?.iterationAfter(step, iteration) ?? iteration + 1,
    finish: (programs, iteration) => inner?.finish(programs, iteration),
  };
}
