import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";

/**
 * In how many units of the batch threads share a tensor of `node`: its samples where the first axis is a multiple of them (as in
 * [batch · steps, width]), so that all tensors of a graph are cut alike; else its first axis. A tensor without axes is one unit.
 */
export function batchUnits({ batch }: Symbolic, shape: Shape): number {
  const first = shape[0] ?? 1;
  return batch !== null && batch > 0 && first > 0 && first % batch === 0 ? batch : first;
}
