import type { PopulationRule } from "../evolution/population_rule.ts";
import type { Schedule } from "../schedules/schedule.ts";
import type { Optimizer, OptimizerBase } from "./optimizer.ts";

/** The most members that a population may have. */
export const MOST_MEMBERS = 65536;

/** A rule that needs no gradient: it evaluates members of a population, and chooses among them. */
export interface PopulationOptimizer extends OptimizerBase {
  /** Its rates besides the learning rate, by name: numbers, or schedules of the number of steps. */
  readonly rates: Readonly<Record<string, number | Schedule>>;
  /** What takes a step on the gradient that the rule estimates; null where it chooses among members, or before `settle`. */
  readonly inner: Optimizer | null;
  /** The optimizer with its inner one, where that is given by name or in its saved form; `resolve` finds it. */
  settle?(
    resolve: (spec: string | Pick<Optimizer, "id" | "config">) => Optimizer | PopulationOptimizer,
  ): PopulationOptimizer;
  /**
   * The rule for so many weights.
   *
   * @throws {RangeError} If there are too many.
   */
  ruleFor(size: number): PopulationRule;
}

/** Whether an optimizer, or groups of them, is one that needs no gradient. */
export function isPopulation(optimizer: OptimizerBase | { readonly id: string }): optimizer is PopulationOptimizer {
  return "ruleFor" in optimizer;
}
