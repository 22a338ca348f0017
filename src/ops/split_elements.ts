import { sizeOf } from "../tensor/size_of.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { batchUnits } from "./batch_units.ts";
import { byBatch, byParameter, type Split } from "./op.ts";

/**
 * How threads share an elementwise op: a tensor with a batch axis by units of the batch, `stride` elements each; a parameter
 * (attribute `axis` "parameter") or a single number by elements.
 */
export function splitElements(node: Symbolic): { readonly split: Split; readonly stride: number } {
  const size = sizeOf(node.shape);
  if (node.attributes.axis === "parameter" || node.shape.length === 0) return { split: byParameter(size), stride: 1 };
  const units = batchUnits(node, node.shape);
  return { split: byBatch(units), stride: size / Math.max(units, 1) };
}
