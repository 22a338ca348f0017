import type { Formula } from "../formula/formula.ts";
import type { Schedule } from "../schedules/schedule.ts";
import type { Json } from "../tensor/json.ts";

/** What every optimizer can do besides its own step. Null: not asked for. */
export interface CommonConfig {
  /** Before the step every weight is made smaller: w −= w · weightDecay · learning rate. */
  readonly weightDecay: number | null;
  /** Every variable's gradient is scaled down to this norm if its norm is larger. */
  readonly clipnorm: number | null;
  /** Every element of the gradients is limited to ± this value. */
  readonly clipvalue: number | null;
  /** All gradients together are scaled down to this norm if their common norm is larger. */
  readonly globalClipnorm: number | null;
  /** Whether a moving average of the weights is kept. */
  readonly useEma: boolean;
  /** average = emaMomentum · average + (1 − emaMomentum) · w, after every step. */
  readonly emaMomentum: number;
  /** After every so many steps the weights are replaced by their average. */
  readonly emaOverwriteFrequency: number | null;
  /** The gradients of so many batches are averaged before a step is taken. */
  readonly gradientAccumulationSteps: number | null;
}

/** An array that an optimizer keeps for every weight. */
export interface Slot {
  /** The name in the formula and in saved files. */
  readonly name: string;
  /** What it is filled with before the first step. */
  readonly initial: number;
}

/** A rule for the step from gradients to weights. Optimizers are plain values without state: `id` and `config` are their saved form. */
export interface Optimizer {
  /** The name in the table of optimizers, snake_case. */
  readonly id: string;
  /** The options in full, as JSON; `resolveOptimizer({ id, config })` restores the optimizer. */
  readonly config: Readonly<Record<string, Json>>;
  /** The learning rate, or the schedule that gives it from the number of steps taken. */
  readonly learningRate: number | Schedule;
  /** The arrays that are kept for every weight, in the formula's order. */
  readonly slots: readonly Slot[];
  /** The step of one element: from the weight `w`, its gradient `g` and the slots to the new weight and slots. */
  readonly formula: Formula;
  /** The values of the formula's scalars, in its order. */
  readonly scalars: readonly number[];
  /** What is done besides the step. */
  readonly common: CommonConfig;
  /**
   * The numbers that change from step to step: the values of the formula's cells, in its order.
   *
   * @param iteration The number of steps taken before, 0 for the first.
   * @param learningRate The learning rate of this step.
   */
  cells(iteration: number, learningRate: number): readonly number[];
}
