import type { Formula } from "../formula/formula.ts";
import type { Schedule } from "../schedules/schedule.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Builder, Symbolic } from "../tensor/symbolic.ts";

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

/** An array that an optimizer keeps for a variable. */
export interface Slot {
  /** The name in the rule and in saved files. */
  readonly name: string;
  /** Its shape; that of the variable, if it is left out. */
  readonly shape?: Shape;
  /** What it is filled with before the first step; `"weights"`: what the variable has then. */
  readonly initial: number | "weights";
}

/** A variable that an optimizer is asked about. */
export interface Trained {
  /** `<layer>/<weight>`, for example `dense/kernel`. */
  readonly name: string;
  /** Its shape. */
  readonly shape: Shape;
}

/** What all optimizers have. They are plain values without state: `id` and `config` are their saved form. */
export interface OptimizerBase {
  /** The name in the table of optimizers, snake_case. */
  readonly id: string;
  /** The options in full, as JSON; `resolveOptimizer({ id, config })` restores the optimizer. */
  readonly config: Readonly<Record<string, Json>>;
  /** The learning rate, or the schedule that gives it from the number of steps taken. */
  readonly learningRate: number | Schedule;
  /** What is done besides the step. */
  readonly common: CommonConfig;
  /**
   * The numbers that change from step to step: the values of the rule's cells, in its order.
   *
   * @param iteration The number of steps taken before, 0 for the first.
   * @param learningRate The learning rate of this step.
   */
  cells(iteration: number, learningRate: number): readonly number[];
}

/** A rule that treats every element of the weights alike: one formula, one kernel for variables that lie side by side. */
export interface FusedOptimizer extends OptimizerBase {
  /** The arrays that are kept for every weight, in the formula's order. */
  readonly slots: readonly Slot[];
  /** The step of one element: from the weight `w`, its gradient `g` and the slots to the new weight and slots. */
  readonly formula: Formula;
  /** The values of the formula's scalars, in its order. */
  readonly scalars: readonly number[];
  /** The slot that holds the weights at which gradients are taken; those of the model, if it is left out. */
  readonly point?: string;
}

/** What the step of a variable is computed from. */
export interface StepInputs extends Trained {
  /** The weights, after weight decay. */
  readonly w: Symbolic;
  /** Their gradient, after clipping. */
  readonly dw: Symbolic;
  /** The slots, by name. */
  readonly slots: Readonly<Record<string, Symbolic>>;
  /** The values of `cells`, of shape [cellCount]. */
  readonly cells: Symbolic;
}

/** The values that a step leaves. */
export interface StepResult {
  /** The weights. */
  readonly w: Symbolic;
  /** Every slot, by name. */
  readonly slots: Readonly<Record<string, Symbolic>>;
}

/** A rule that needs a variable as a whole, a norm or a product of matrices: it is traced for every variable, from ops. */
export interface TracedOptimizer extends OptimizerBase {
  /** How many numbers `cells` gives. */
  readonly cellCount: number;
  /** The arrays that are kept for a variable. */
  slotsOf(variable: Trained): readonly Slot[];
  /** The weight decay of a variable; `common.weightDecay`, if it is left out. */
  decayOf?(variable: Trained): number | null;
  /**
   * The step of a variable. Threads share elementwise work on parameters by elements: give `axis: "parameter"` to `map`.
   *
   * @param g The graph that it is added to.
   * @returns New values, of the shapes of the old ones.
   */
  step(g: Builder, inputs: StepInputs): StepResult;
}

/** A rule for the step from gradients to weights. */
export type Optimizer = FusedOptimizer | TracedOptimizer;
