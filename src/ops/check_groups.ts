import { describeValue } from "../errors/describe_value.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";

/**
 * Checks that x has samples whose channels, the last axis, can be put into `groups` of one size.
 *
 * @throws {TypeError} If it has not
 */
export function checkGroups(op: string, x: Shape, groups: unknown): void {
  const channels = x[x.length - 1];
  if (
    x.length >= 2 && channels > 0 && Number.isInteger(groups) && Number(groups) >= 1 && channels % Number(groups) === 0
  ) {
    return;
  }
  throw new TypeError(
    `Cannot apply ${op}: samples must have channels in the last axis, a multiple of groups, got ${formatShape(x)} and ${
      describeValue(groups)
    } groups`,
  );
}
