import type { Ops } from "../compose/all_ops.ts";
import type { Symbolic } from "../tensor/symbolic.ts";

/** What stands in the place of a score that is masked: its exponential is 0 beside that of any other one. Keras's number. */
export const MASKED = -1e9;

/** What a step must not attend to; null for no such mask. */
export interface AttentionMasks {
  /** Which keys count: [batch, keys]. */
  readonly keys: Symbolic | null;
  /** Which queries count: [batch, queries]. */
  readonly queries: Symbolic | null;
  /** Which keys count for which queries: [batch, queries, keys], or [batch, heads, queries, keys]. */
  readonly pairs: Symbolic | null;
  /** Whether keys behind the query's step are masked. */
  readonly causal: boolean;
}

/** Heads that lie side by side, as projections give them: [batch, steps, heads, width]. */
export interface HeadsOfAttention {
  readonly query: Symbolic;
  /** It has as many heads as the query, or a divisor of that; the value as many as the key. */
  readonly key: Symbolic;
  readonly value: Symbolic;
}

/** The scores [batch, heads, queries, keys] of each query with each key, head by head. */
export function scoresOf(ops: Ops, query: Symbolic, key: Symbolic): Symbolic {
  const k = headsFirst(ops, key, query.shape[2]);
  return query.graph.apply("batch_matmul", [headsFirst(ops, query, query.shape[2]), k], { transposeB: true });
}

/** The sums of values by probabilities [batch, heads, queries, keys]: [batch, queries, heads, width]. */
export function mixValues(ops: Ops, probabilities: Symbolic, value: Symbolic): Symbolic {
  const v = headsFirst(ops, value, probabilities.shape[1]);
  return ops.transpose(value.graph.apply("batch_matmul", [probabilities, v]), [0, 2, 1, 3]);
}

/** As [batch, heads, steps, width]; a head of a group stands there for each of the group. */
function headsFirst(ops: Ops, x: Symbolic, heads: number): Symbolic {
  const group = heads / x.shape[2];
  const moved = ops.transpose(x, [0, 2, 1, 3]);
  return group === 1 ? moved : ops.repeat(moved, group, { axis: 1 });
}

/**
 * Softmax over the keys that count. Where none of a query's does, it attends to all alike, and its scores have no gradient.
 *
 * @param scores [batch, heads, queries, keys]
 */
export function maskedProbabilities(ops: Ops, scores: Symbolic, masks: AttentionMasks): Symbolic {
  const counts = joinMasks(ops, masks, scores);
  return ops.softmax(counts === null ? scores : ops.where(counts, scores, MASKED));
}

/** All masks as one that can be broadcast to the scores; null where there is none. */
function joinMasks(
  ops: Ops,
  { keys, queries, pairs, causal }: AttentionMasks,
  { shape: [batch, , ts, ss], graph }: Symbolic,
): Symbolic | null {
  const masks: Symbolic[] = [];
  if (keys !== null) masks.push(ops.reshape(keys, [batch, 1, 1, ss]));
  if (queries !== null) masks.push(ops.reshape(queries, [batch, 1, ts, 1]));
  if (pairs !== null) masks.push(pairs.shape.length === 4 ? pairs : ops.reshape(pairs, [batch, 1, ts, ss]));
  if (causal) {
    const numbers = (length: number): Symbolic => graph.apply("range", [], { length });
    const isBefore = ops.greaterEqual(ops.reshape(numbers(ts), [ts, 1]), numbers(ss));
    masks.push(ops.broadcastTo(isBefore, [batch, 1, ts, ss]));
  }
  return masks.length === 0 ? null : masks.reduce((a, b) => ops.multiply(a, b));
}
