import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { map } from "../tensor/symbolic.ts";
import type { Regularizer } from "./regularizer.ts";
import type { RegularizerRow } from "./regularizer_row.ts";
import { weightedSumOf } from "./weighted_sum_of.ts";

/** Options of `l1L2`. */
export interface L1L2Options {
  /** The factor of Σ |w|, >= 0; 0 by default. */
  l1?: number;
  /** The factor of Σ w², >= 0; 0 by default. */
  l2?: number;
}

/**
 * penalty = l1 · Σ |w| + l2 · Σ w². Both factors are 0 by default, as in Keras: without options it does nothing.
 *
 * @param options The factors.
 * @returns The regularizer.
 * @throws {RangeError} If a factor is negative or not finite.
 */
export function l1L2(options: L1L2Options = {}): Regularizer {
  const what = "create l1_l2 regularizer";
  checkOptions(what, options, ["l1", "l2"]);
  const first = checkNumber(what, "l1", options.l1 ?? 0, { min: 0 });
  const second = checkNumber(what, "l2", options.l2 ?? 0, { min: 0 });
  return {
    id: "l1_l2",
    config: { l1: first, l2: second },
    penalty(g, w) {
      if (second === 0) return weightedSumOf(g, "abs", w, first);
      if (first === 0) return weightedSumOf(g, "square", w, second);
      return map(g, "add", [weightedSumOf(g, "abs", w, first), weightedSumOf(g, "square", w, second)]);
    },
  };
}

/** Its row of the table. */
export const l1L2Row: RegularizerRow = defineRow({ id: "l1_l2", create: l1L2 });
