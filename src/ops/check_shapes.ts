import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";

/**
 * Checks that two shapes are equal.
 *
 * @param what what is done, for the message: `apply weighted_sum`
 * @param rule the rule, for the message: `both shapes must be equal`
 * @throws TypeError where they differ
 */
export function checkShapes(what: string, rule: string, wanted: Shape, found: Shape): void {
  if (formatShape(wanted) === formatShape(found)) return;
  throw new TypeError(`Cannot ${what}: ${rule}, wanted ${formatShape(wanted)}, got ${formatShape(found)}`);
}
