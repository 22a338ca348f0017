import { type OptimizerName, optimizerTable } from "../../src/optimizers/gen/table.ts";
import type { Optimizer } from "../../src/optimizers/optimizer.ts";
import { isPopulation } from "../../src/optimizers/population_optimizer.ts";
import { type OptimizerSpec, resolveOptimizer } from "../../src/optimizers/resolve_optimizer.ts";

/** The rows that take steps on gradients; tests/evolution has the others. */
export const gradientOptimizers: readonly OptimizerName[] = (Object.keys(optimizerTable) as OptimizerName[])
  .filter((id) => !isPopulation(optimizerTable[id].create()));

/** One of them. */
export function resolveGradientOptimizer(spec: OptimizerSpec | string): Optimizer {
  return resolveOptimizer(spec) as Optimizer;
}
