import { checkOptions } from "../../errors/check_options.ts";
import type { Pruner } from "./pruner.ts";

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
