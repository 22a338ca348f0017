import type { Symbolic } from "../tensor/symbolic.ts";
import { spreadMask } from "./spread_mask.ts";
import type { Tracing } from "./tracing.ts";

/** What the divisor of masked statistics has besides the number of rows, as in Keras: without any row they are 0. */
const NEVER_ZERO = 1e-7;

/** A batch that is normalised by the statistics of the rows that count. */
export interface MaskedNormalization {
  readonly y: Symbolic;
  readonly mean: Symbolic;
  readonly variance: Symbolic;
}

/**
 * Normalises features by the statistics of the rows that count: with c = Σ m + 1e-7, mean = Σ m·x / c, variance = Σ m·(x − mean)² / c, and
 * y = gamma · (x − mean) / √(variance + epsilon) + beta, for the other rows as well.
 *
 * @param gamma null for 1
 * @param beta null for 0
 */
export function normalizeMasked(
  { graph: g, ops }: Tracing,
  x: Symbolic,
  mask: Symbolic,
  { epsilon, gamma, beta }: {
    readonly epsilon: number;
    readonly gamma: Symbolic | null;
    readonly beta: Symbolic | null;
  },
): MaskedNormalization {
  const over = (formula: string, inputs: readonly Symbolic[], scalars: Record<string, number> = {}): Symbolic =>
    g.apply("map", inputs, { formula, scalars, axis: "parameter" });
  const rows = x.shape.slice(0, -1);
  const m = spreadMask(ops, mask, rows);
  const ones = g.constant(1, x.shape.slice(-1));
  const count = over("affine", [g.apply("sum_all", [m])], { scale: 1, offset: NEVER_ZERO });
  const share = over("quotient_of", [count], { dividend: 1 });
  const average = (each: Symbolic): Symbolic =>
    g.apply("scale_by", [g.apply("sum_columns", [g.apply("scale_rows", [each, m])]), share], { axis: "parameter" });
  const mean = average(x);
  const centred = g.apply("normalize_columns", [x, mean, ones]);
  const variance = average(g.apply("map", [centred], { formula: "square" }));
  const deviation = over("sqrt", [over("affine", [variance], { scale: 1, offset: epsilon })]);
  const factor = over("div", [gamma ?? ones, deviation]);
  return { y: g.apply("scale_columns", [centred, factor, ...(beta === null ? [] : [beta])]), mean, variance };
}
