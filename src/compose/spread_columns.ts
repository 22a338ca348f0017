import { sizeOf } from "../tensor/size_of.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { broadcastTo } from "./broadcast_to.ts";
import { reshaped } from "./reshaped.ts";

/**
 * One number for every column of `x`, where `other` is that or a single number, shape [width]; else null.
 *
 * What reads such a row needs no copy of it for every row of `x`, and its gradient is a sum over columns.
 */
export function spreadColumns(x: Symbolic, other: Symbolic): Symbolic | null {
  if (x.shape.length < 2 || other.shape.length > x.shape.length) return null;
  const width = x.shape[x.shape.length - 1];
  const size = sizeOf(other.shape);
  if (size !== 1 && (size !== width || other.shape[other.shape.length - 1] !== width)) return null;
  return broadcastTo(reshaped(other, [size]), [width]);
}
