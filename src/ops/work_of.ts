import type { Cost } from "./op.ts";

/** One number for a cost: how much work it is beside another, in operations; a byte takes about as long as four of them. */
export function workOf({ flops, bytes }: Cost): number {
  return flops + 4 * bytes;
}
