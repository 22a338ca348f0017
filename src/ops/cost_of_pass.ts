import { sizeOf } from "../tensor/size_of.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import type { Cost } from "./op.ts";

/** A cost of `flops` operations an element of the largest tensor in sight, all tensors being read or written once. */
export function costOfPass(node: Symbolic, flops: number): Cost {
  const sizes = [node, ...node.inputs].map((tensor) => sizeOf(tensor.shape));
  return { flops: flops * Math.max(...sizes), bytes: 4 * sizes.reduce((sum, size) => sum + size, 0) };
}
