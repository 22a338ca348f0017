import type { TraceNode } from "../trace/trace.ts";
import type { ChainRule } from "./chain_rule.ts";

/** The range of a value that belongs to a sample. */
export function rangeOf(chain: ChainRule, { id, value, shape }: TraceNode, sample: number): [from: number, to: number] {
  const { samples } = chain.trace;
  if (chain.sampleOf({ node: id, element: 0 }) === null || shape[0] !== samples) return [0, value.length];
  const each = value.length / samples;
  return [sample * each, (sample + 1) * each];
}
