import { checkOptions } from "../../errors/check_options.ts";
import { defineRow } from "../../tables/define_row.ts";
import type { Pruner } from "./pruner.ts";
import type { PrunerRow } from "./pruner_row.ts";

/**
 * Ends no trial early.
 *
 * @param options None.
 * @returns The pruner.
 * @throws {TypeError} If there is an option.
 */
export function none(options: Record<string, never> = {}): Pruner {
  checkOptions("create none pruner", options, []);
  return {
    id: "none",
    config: {},
    order: "free",
    rungs: () => [],
    decide: () => "continue",
    review: () => ({ resume: [], stop: [] }),
  };
}

/** Its row of the table. */
export const noneRow: PrunerRow = defineRow({ id: "none", create: none });
