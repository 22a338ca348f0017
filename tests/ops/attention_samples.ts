import type { Shape } from "../../src/tensor/shape.ts";
import type { Attributes } from "../../src/tensor/symbolic.ts";
import type { Draw, OpSample } from "./op_sample.ts";

/** A case: sizes, and what is given behind query, key and value. */
interface Case {
  readonly batch: number;
  readonly t: number;
  readonly s: number;
  readonly heads: number;
  readonly groups: number;
  readonly width: number;
  readonly valueWidth: number;
  readonly inputs?: readonly string[];
  readonly causal?: boolean;
  /** Whether pairs are masked for each head. */
  readonly perHead?: boolean;
}

/** Single numbers, tails, groups, every mask, several blocks of queries, fewer keys than queries and more. */
const CASES: readonly Case[] = [
  { batch: 1, t: 1, s: 1, heads: 1, groups: 1, width: 1, valueWidth: 1 },
  { batch: 5, t: 3, s: 4, heads: 2, groups: 1, width: 3, valueWidth: 2, causal: true },
  { batch: 3, t: 5, s: 7, heads: 2, groups: 2, width: 5, valueWidth: 3, inputs: ["keys"] },
  { batch: 3, t: 6, s: 5, heads: 4, groups: 2, width: 2, valueWidth: 4, inputs: ["keys", "queries"], causal: true },
  { batch: 2, t: 5, s: 6, heads: 3, groups: 3, width: 4, valueWidth: 1, inputs: ["pairs"], perHead: true },
  { batch: 4, t: 4, s: 9, heads: 2, groups: 1, width: 1, valueWidth: 6, inputs: ["queries", "pairs", "step"] },
  { batch: 2, t: 7, s: 5, heads: 1, groups: 1, width: 3, valueWidth: 3, inputs: ["step"], causal: true },
  { batch: 1, t: 83, s: 21, heads: 2, groups: 1, width: 9, valueWidth: 17, inputs: ["keys", "step"] },
  { batch: 1, t: 3, s: 530, heads: 1, groups: 1, width: 4, valueWidth: 5 },
  { batch: 1, t: 45, s: 43, heads: 1, groups: 1, width: 8, valueWidth: 8, causal: true },
];

const largest = (x: Float64Array): number => x.reduce((most, v) => Math.max(most, Math.abs(v)), 0);

/** Cases of attention and its backward pass. */
export const attentionSamples: readonly OpSample[] = CASES.flatMap((given) => {
  const { batch, t, s, heads, groups, width, valueWidth, inputs = [], causal = false, perHead = false } = given;
  const tensor = (shape: Shape, draw: Draw = "normal") => ({ shape, draw });
  const masks: Readonly<Record<string, { shape: Shape; draw: Draw }>> = {
    keys: tensor([batch, s], "tied"),
    queries: tensor([batch, t], "tied"),
    pairs: tensor(perHead ? [batch, heads, t, s] : [batch, t, s], "tied"),
    step: tensor([], "step"),
  };
  const [q, k, v] = [[t, heads, width], [s, groups, width], [s, groups, valueWidth]].map((shape) =>
    tensor([batch, ...shape])
  );
  const y = tensor([batch, t, heads, valueWidth]);
  const others = inputs.map((name) => masks[name]);
  const drop = { rate: 0.25, seedLow: 7, seedHigh: 1, stream: 3 };
  const attributes: Attributes = { causal, inputs: [...inputs], ...(inputs.includes("step") ? drop : {}) };
  // A probability has the error of its score, which is that of a chain, and passes it on to all sums.
  const scoreOf = ([q, k]: readonly Float64Array[]): number => 8 + width * largest(q) * largest(k);
  const forward: OpSample = {
    op: "attention",
    inputs: [q, k, v, ...others],
    attributes,
    by: [0, 1, 2],
    k: 4,
    magnitude: (data, y) => new Float64Array(y.length).fill(scoreOf(data) * largest(data[2]) / 0.75),
  };
  const backward = [0, 1, 2].map((result): OpSample => ({
    op: "attention_backward",
    inputs: [y, y, q, k, v, ...others],
    attributes,
    result,
    by: [],
    k: 4,
    magnitude: ([dy, y, ...data], d) => {
      const flow = valueWidth * largest(dy) * (largest(y) + largest(data[2]) / 0.75);
      const sums = [flow * largest(data[1]), t * flow * largest(data[0]), t * largest(dy) / 0.75];
      return new Float64Array(d.length).fill(scoreOf(data) * sums[result]);
    },
  }));
  return [forward, ...backward];
});
