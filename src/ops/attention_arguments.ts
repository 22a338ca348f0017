import { sizeOf } from "../tensor/size_of.ts";
import type { Attributes, Symbolic } from "../tensor/symbolic.ts";
import type { AttentionShapes } from "./attention_shapes.ts";
import { type Argument, begin, type BufferRef, count, none, read } from "./op.ts";

/** Probabilities that a block of queries has at most, but for blocks of the least size: 64 KiB. */
const BLOCK = 16384;
/** Blocks are multiples of 20, so that their strips are whole ones. */
const UNIT = 20, LEAST = 40;

/** How many queries are done at a time. It changes no bit. */
export function attentionBlock({ t, s }: AttentionShapes): number {
  return Math.max(1, Math.min(t, Math.max(LEAST, UNIT * Math.floor(BLOCK / s / UNIT))));
}

/** The room that a row of scores takes in working memory. */
export function rowOfScores({ s }: AttentionShapes): number {
  return Math.ceil(s / 16) * 16;
}

/** The arguments of the kernels of attention for masks and the step of the dropout. `others`: what stands behind query, key and value. */
export function maskArguments(
  shapes: AttentionShapes,
  inputs: readonly Symbolic[],
  others: readonly BufferRef[],
): Argument[] {
  const { at, batch } = shapes;
  return [at.keys, at.queries, at.pairs, at.step].map((i) => {
    if (i < 0) return none;
    return read(others[i], i === at.step ? 0 : sizeOf(inputs[i].shape) / Math.max(1, batch));
  });
}

/** The arguments behind the working memory: counts, and what the mask of the dropout is drawn from. */
export function sizeArguments(shapes: AttentionShapes, attributes: Attributes): Argument[] {
  const { t, s, heads, groups, width, valueWidth, pairHeads } = shapes;
  const { rate = 0, seedLow = 0, seedHigh = 0, stream = 0 } = attributes as Readonly<Record<string, number>>;
  return [
    count(),
    t,
    s,
    heads,
    groups,
    width,
    valueWidth,
    attentionBlock(shapes),
    pairHeads,
    attributes.causal ? 1 : 0,
    1 / (1 - rate),
    Math.ceil(rate * 2 ** 24), // as in the op dropout
    seedLow | 0,
    seedHigh | 0,
    stream | 0,
    begin(),
  ];
}
