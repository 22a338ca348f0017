import type { Optimizer } from "./optimizer.ts";
import type { OptimizerGroups } from "./optimizer_groups.ts";
import type { PopulationOptimizer } from "./population_optimizer.ts";

/** What trains a model: a rule with gradients, several for groups of layers, or one without gradients. */
export type AnyOptimizer = Optimizer | OptimizerGroups | PopulationOptimizer;
