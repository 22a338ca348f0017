/**
 * What normalises along an axis.
 *
 * @module
 */
import { checkOptions } from "../errors/check_options.ts";
import { alongLast } from "../tensor/along_last.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { checkTensor } from "./check_tensor.ts";
import type { AxisOptions } from "./moves.ts";

/**
 * x / √max(Σ x², 1e-12) over an axis, the last one unless given: vectors of length 1.
 *
 * Shapes: y is as x. Gradient: dx = (dy − y · Σ dy·y) / √Σ x².
 */
export function l2Normalize(x: Symbolic, options?: AxisOptions): Symbolic {
  const given = checkTensor("l2Normalize", "x", x);
  checkOptions("apply l2Normalize", options, ["axis"]);
  return alongLast("l2Normalize", given, options?.axis ?? -1, (y) => y.graph.apply("l2_normalize", [y]));
}
