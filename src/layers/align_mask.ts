import type { Ops } from "../compose/all_ops.ts";
import type { Symbolic } from "../tensor/symbolic.ts";

/** The mask of one of the tensors that a layer merges. */
export interface AlignedMask {
  /** With as many axes as the merged tensor; those that the mask has not have length 1. */
  readonly mask: Symbolic;
  /** How many axes it has, counted from the batch. */
  readonly axes: number;
}

/**
 * The mask of `x` beside tensors of `rank` axes, as `broadcastInputs` sees `x`: axes of length 1 behind the batch where `x` has fewer, and one
 * for each axis of `x` that the mask has not.
 */
export function alignMask(ops: Ops, mask: Symbolic, x: Symbolic, rank: number): AlignedMask {
  const [batch, ...steps] = mask.shape;
  const fewer = rank - x.shape.length;
  const shape = [batch, ...new Array<number>(fewer).fill(1), ...steps];
  const axes = steps.length === 0 ? 1 : shape.length;
  return { mask: ops.reshape(mask, [...shape, ...new Array<number>(rank - shape.length).fill(1)]), axes };
}

/** What counts where one of the masks says so, as the mask of a merged tensor of the given shape. */
export function joinMasks(ops: Ops, masks: readonly AlignedMask[], shape: readonly number[]): Symbolic {
  const [first, ...others] = masks;
  const axes = others.reduce((most, mask) => Math.max(most, mask.axes), first.axes);
  const joined = others.reduce((all, { mask }) => ops.maximum(all, mask), first.mask);
  return ops.broadcastTo(ops.reshape(joined, joined.shape.slice(0, axes)), shape.slice(0, axes));
}
