import type { AnyOptimizer } from "../optimizers/any_optimizer.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { OptimizerGroups } from "../optimizers/optimizer_groups.ts";

/** Whether gradients of any variable are taken at other weights than those of the model. */
export function hasPoints(optimizer: AnyOptimizer): optimizer is Optimizer | OptimizerGroups {
  if ("groups" in optimizer) return optimizer.groups.some((group) => hasPoints(group.optimizer));
  return "formula" in optimizer && optimizer.point !== undefined;
}
