import { checkOptions } from "../errors/check_options.ts";
import { describeValue } from "../errors/describe_value.ts";
import type { PopulationRule } from "../evolution/population_rule.ts";
import { saveSchedule } from "../schedules/save_schedule.ts";
import type { Schedule } from "../schedules/schedule.ts";
import type { Json } from "../tensor/json.ts";
import { checkCommonOptions } from "./check_common_options.ts";
import { COMMON_OPTIONS } from "./common_options.ts";
import type { Optimizer } from "./optimizer.ts";
import type { PopulationOptimizer } from "./population_optimizer.ts";

/** What sets one of them apart from the others. */
export interface PopulationParts {
  readonly id: string;
  /** The options besides rates, checked, with defaults. */
  readonly own: Readonly<Record<string, Json>>;
  /** The rates, checked. */
  readonly rates?: Readonly<Record<string, number | Schedule>>;
  readonly inner?: Optimizer;
  readonly ruleFor: (size: number) => PopulationRule;
}

/** Puts an optimizer without gradients together, with its saved form. */
export function buildPopulationOptimizer(
  { id, own, rates = {}, inner, ruleFor }: PopulationParts,
): PopulationOptimizer {
  const saved = Object.entries(rates).map(([name, rate]): [string, Json] => {
    return [name, typeof rate === "number" ? rate : saveSchedule(rate)];
  });
  return Object.freeze({
    id,
    config: Object.freeze({ ...own, ...Object.fromEntries(saved) }),
    learningRate: inner?.learningRate ?? 1,
    common: inner?.common ?? Object.freeze(checkCommonOptions(`create ${id} optimizer`, {})),
    cells: () => [],
    rates: Object.freeze({ ...rates }),
    inner: inner ?? null,
    ruleFor,
  });
}

/**
 * Checks which options an optimizer without gradients is given.
 *
 * @throws {TypeError} For one that needs gradients, and for one that does not exist.
 */
export function checkPopulationOptions(id: string, given: object | undefined, known: readonly string[]): void {
  const what = `create ${id} optimizer`;
  for (const name of typeof given === "object" && given !== null ? Object.keys(given) : []) {
    if (known.includes(name) || !(COMMON_OPTIONS as readonly string[]).includes(name)) continue;
    const value = describeValue((given as Record<string, unknown>)[name]);
    throw new TypeError(
      `Cannot ${what}: ${name} goes with optimizers that use gradients, and ${id} uses none, got ${value}. ` +
        `Options are: ${known.join(", ")}`,
    );
  }
  checkOptions(what, given, known);
}
