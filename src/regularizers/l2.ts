import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Regularizer } from "./regularizer.ts";
import type { RegularizerRow } from "./regularizer_row.ts";
import { weightedSumOf } from "./weighted_sum_of.ts";

/** Options of `l2`. */
export interface L2Options {
  /** The factor, >= 0; 0.01 by default. */
  l2?: number;
}

/**
 * penalty = l2 · Σ w² (without the factor ½ of some books).
 *
 * @param options The factor.
 * @returns The regularizer.
 * @throws {RangeError} If the factor is negative or not finite.
 */
export function l2(options: L2Options = {}): Regularizer {
  const what = "create l2 regularizer";
  checkOptions(what, options, ["l2"]);
  const factor = checkNumber(what, "l2", options.l2 ?? 0.01, { min: 0 });
  return { id: "l2", config: { l2: factor }, penalty: (g, w) => weightedSumOf(g, "square", w, factor) };
}

/** Its row of the table. */
export const l2Row: RegularizerRow = defineRow({ id: "l2", create: l2 });
