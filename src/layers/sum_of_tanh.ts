import type { Ops } from "../compose/all_ops.ts";
import type { Symbolic } from "../tensor/symbolic.ts";

/**
 * Scores of each query with each key, Σ over their width of scale · tanh(query + key).
 *
 * query [batch, t, width], key [batch, s, width], scale [width] or null for 1 → [batch, t, s].
 */
export function sumOfTanh(ops: Ops, query: Symbolic, key: Symbolic, scale: Symbolic | null): Symbolic {
  const terms = ops.tanh(ops.add(ops.expandDims(query, 2), ops.expandDims(key, 1)));
  return scale === null ? ops.sum(terms, { axis: -1 }) : ops.squeeze(ops.matmul(terms, ops.expandDims(scale, 1)), -1);
}
