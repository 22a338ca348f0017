import { philox4x32 } from "../tensor/philox.ts";
import type { Attributes } from "../tensor/symbolic.ts";
import { readAttention } from "./attention_shapes.ts";
import type { ReferenceValue } from "./op.ts";

/** The attention of one query of one head: places are those of the first element of a row. */
export interface AttendedRow {
  /** The probabilities of the keys. */
  readonly p: Float64Array;
  /** What each probability is multiplied with by the dropout: 0, or 1 / (1 − rate). */
  readonly kept: Float64Array;
  /** Whether any key counts; else all have the same probability. */
  readonly isLeft: boolean;
  /** The query's place in q. */
  readonly query: number;
  /** The place of its result in y. */
  readonly result: number;
  /** The place of key j in k. */
  key(j: number): number;
  /** The place of value j in v. */
  value(j: number): number;
}

/** Goes through all queries of all heads: the float64 reference of attention, in the order of samples, heads and queries. */
export function attendExactly(
  [q, k, v, ...others]: readonly ReferenceValue[],
  attributes: Attributes,
  visit: (row: AttendedRow) => void,
): void {
  const shapes = readAttention([q, k, v, ...others].map(({ shape }) => shape), attributes);
  const { batch, t, s, heads, groups, width, valueWidth, pairHeads, at } = shapes;
  const dataOf = (i: number): Float64Array | null => i < 0 ? null : others[i].data;
  const [keys, queries, pairs, step] = [at.keys, at.queries, at.pairs, at.step].map(dataOf);
  const { rate, seedLow, seedHigh, stream } = attributes as Readonly<Record<string, number>>;
  const words = new Uint32Array(4);
  for (let b = 0; b < batch; b++) {
    for (let h = 0; h < heads; h++) {
      const group = Math.floor(h * groups / heads);
      const key = (j: number): number => ((b * s + j) * groups + group) * width;
      const value = (j: number): number => ((b * s + j) * groups + group) * valueWidth;
      for (let i = 0; i < t; i++) {
        const query = ((b * t + i) * heads + h) * width;
        const counts = (j: number): boolean =>
          (keys === null || keys[b * s + j] !== 0) && (queries === null || queries[b * t + i] !== 0) &&
          (pairs === null || pairs[((b * pairHeads + h % pairHeads) * t + i) * s + j] !== 0) &&
          !(attributes.causal && j > i);
        const scores = Float64Array.from({ length: s }, (_, j) => {
          let sum = 0;
          for (let c = 0; c < width; c++) sum += q.data[query + c] * k.data[key(j) + c];
          return counts(j) ? sum : -Infinity;
        });
        const top = scores.reduce((a, b) => Math.max(a, b), -Infinity);
        const isLeft = top !== -Infinity;
        const p = scores.map((score) => isLeft ? Math.exp(score - top) : 1);
        const total = p.reduce((a, b) => a + b, 0);
        const first = ((b * heads + h) * t + i) * Math.ceil(s / 4);
        const kept = new Float64Array(s).fill(1);
        for (let j = 0; j < s && step !== null; j++) {
          if (j % 4 === 0) philox4x32(first + j / 4, 0, step[0], stream, seedLow, seedHigh, words);
          kept[j] = (words[j % 4] >>> 8) * 2 ** -24 >= rate ? 1 / (1 - rate) : 0;
        }
        visit({
          p: p.map((e) => e / total),
          kept,
          isLeft,
          query,
          result: ((b * t + i) * heads + h) * valueWidth,
          key,
          value,
        });
      }
    }
  }
}
