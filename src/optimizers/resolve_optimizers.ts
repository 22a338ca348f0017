import type { AnyOptimizer } from "./any_optimizer.ts";
import { type OptimizerGroups, reviveGroups } from "./optimizer_groups.ts";
import { type OptimizerSpec, resolveOptimizer } from "./resolve_optimizer.ts";

/**
 * The optimizer, or the groups of optimizers, that a name, a saved form or an object stands for.
 *
 * @throws {RangeError | TypeError} As `resolveOptimizer`.
 */
export function resolveOptimizers(spec: OptimizerSpec | OptimizerGroups | string): AnyOptimizer {
  if (typeof spec !== "object" || spec === null || spec.id !== "groups") return resolveOptimizer(spec as OptimizerSpec);
  return "groups" in spec ? spec : reviveGroups("resolve optimizer", spec.config, resolveOptimizer);
}
