import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Regularizer } from "./regularizer.ts";
import type { RegularizerRow } from "./regularizer_row.ts";
import { weightedSumOf } from "./weighted_sum_of.ts";

/** Options of `l1`. */
export interface L1Options {
  /** The factor, >= 0; 0.01 by default. */
  l1?: number;
}

/**
 * penalty = l1 · Σ |w|. At w = 0 its derivative is taken as 0.
 *
 * @param options The factor.
 * @returns The regularizer.
 * @throws {RangeError} If the factor is negative or not finite.
 */
export function l1(options: L1Options = {}): Regularizer {
  const what = "create l1 regularizer";
  checkOptions(what, options, ["l1"]);
  const factor = checkNumber(what, "l1", options.l1 ?? 0.01, { min: 0 });
  return { id: "l1", config: { l1: factor }, penalty: (g, w) => weightedSumOf(g, "abs", w, factor) };
}

/** Its row of the table. */
export const l1Row: RegularizerRow = defineRow({ id: "l1", create: l1 });
