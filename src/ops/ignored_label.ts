import type { Attributes } from "../tensor/symbolic.ts";

/** The smallest int32: no label is this, so nothing is ignored. */
const NOTHING = -2147483648;

/** The attribute `ignoreClass` as the integer that the kernels compare labels with. */
export function ignoredLabel(attributes: Attributes): number {
  return (attributes.ignoreClass ?? NOTHING) as number;
}
