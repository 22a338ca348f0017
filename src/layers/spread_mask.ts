import type { Ops } from "../compose/all_ops.ts";
import type { Symbolic } from "../tensor/symbolic.ts";

/** A mask repeated along the axes that it has not, behind its own: for every element of a tensor of that shape, or of its rows. */
export function spreadMask(ops: Ops, mask: Symbolic, shape: readonly number[]): Symbolic {
  const behind = new Array<number>(shape.length - mask.shape.length).fill(1);
  return ops.broadcastTo(ops.reshape(mask, [...mask.shape, ...behind]), shape);
}
