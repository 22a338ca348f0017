import { formatShape } from "../tensor/format_shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { binaryMask } from "./binary_mask.ts";
import { maskOfInput } from "./call_options.ts";
import { dropElements } from "./drop_elements.ts";
import { drawing } from "./drawing.ts";
import {
  type AttentionMasks,
  type HeadsOfAttention,
  maskedProbabilities,
  mixValues,
  scoresOf,
} from "./plain_attention.ts";
import { spreadMask } from "./spread_mask.ts";
import type { Tracing } from "./tracing.ts";

/** Random dropping of probabilities. */
export interface AttentionDropout {
  readonly rate: number;
  /** A seed of the layer's own. */
  readonly seed: number | undefined;
}

/** The probabilities of attention. */
export interface Attended {
  /** [batch, heads, queries, keys]. */
  readonly probabilities: Symbolic;
  /** The same after dropout. */
  readonly dropped: Symbolic;
}

/** The mask of input `i` of a call of attention, [batch, steps]: what the call was given, or else the tensor's own; null for none. */
export function readStepMask(t: Tracing, i: number, x: Symbolic): Symbolic | null {
  const given = maskOfInput(t.options, i);
  const mask = given === null ? t.mask(x) : binaryMask(given);
  if (mask === null) return null;
  const steps = x.shape.slice(0, -1);
  if (mask.shape.length > steps.length) {
    throw new TypeError(
      `Cannot apply attention: a mask must be one of steps, ${formatShape(steps)}, got ${formatShape(mask.shape)}`,
    );
  }
  return t.ops.reshape(spreadMask(t.ops, mask, steps), [steps[0], steps.slice(1).reduce((a, b) => a * b, 1)]);
}

/** The mask that says which keys count for which queries, as the call was given it; null for none. */
export function readPairMask(
  { options: { attentionMask = null } }: Tracing,
  [batch, heads, queries, keys]: readonly number[],
): Symbolic | null {
  if (attentionMask === null) return null;
  const { shape } = attentionMask;
  const wanted = shape.length === 4 ? [batch, heads, queries, keys] : [batch, queries, keys];
  if (formatShape(shape) === formatShape(wanted)) return binaryMask(attentionMask);
  throw new TypeError(
    `Cannot apply attention: attentionMask must say which keys count for each query, [batch, ${queries}, ${keys}] or [batch, ${heads}, ` +
      `${queries}, ${keys}], got ${formatShape(shape)}`,
  );
}

/** Probabilities of scores [batch, heads, queries, keys], for a layer that gives them or whose scores are no products. */
export function attend(
  t: Tracing,
  scores: Symbolic,
  masks: AttentionMasks,
  { rate, seed }: AttentionDropout,
): Attended {
  const probabilities = maskedProbabilities(t.ops, scores, masks);
  const dropped = t.training && rate > 0 ? dropElements(t, probabilities, { rate, seed, shared: [] }) : probabilities;
  return { probabilities, dropped };
}

/** Attention of heads whose probabilities nobody wants to see: [batch, queries, heads, width]. */
export function attendHeads(
  t: Tracing,
  { query, key, value }: HeadsOfAttention,
  masks: AttentionMasks,
  dropout: AttentionDropout,
): Symbolic {
  if (!t.graph.hasAllKernels) {
    return mixValues(t.ops, attend(t, scoresOf(t.ops, query, key), masks, dropout).dropped, value);
  }
  const { causal, ...given } = masks, { rate, seed } = dropout;
  const drops = t.training && rate > 0;
  const others = Object.entries({ ...given, step: drops ? t.graph.cell("step") : null }).filter(([, x]) => x !== null);
  return t.graph.apply("attention", [query, key, value, ...others.map(([, x]) => x!)], {
    causal,
    inputs: others.map(([name]) => name),
    ...(drops ? { rate, ...drawing(t, "dropout", seed) } : {}),
  });
}
