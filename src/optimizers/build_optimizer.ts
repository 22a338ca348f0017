import type { Formula } from "../formula/formula.ts";
import { saveSchedule } from "../schedules/save_schedule.ts";
import type { Json } from "../tensor/json.ts";
import { checkCommonOptions } from "./check_common_options.ts";
import { checkLearningRate } from "./check_learning_rate.ts";
import type { CommonOptions } from "./common_options.ts";
import type { Optimizer } from "./optimizer.ts";
import { withWeightDecay } from "./with_weight_decay.ts";

/** What sets one optimizer apart from the others. */
export interface OptimizerParts {
  /** The name in the table. */
  readonly id: string;
  /** What the user gave. */
  readonly options: CommonOptions;
  /** The learning rate where the user gave none. */
  readonly learningRate: number;
  /** The options of its own, checked, with defaults. */
  readonly own: Readonly<Record<string, Json>>;
  /** The step without weight decay. */
  readonly formula: Formula;
  /** The values of the formula's scalars, in its order. */
  readonly scalars?: readonly number[];
  /** What slots are filled with where it is not 0, by name. */
  readonly initial?: Readonly<Record<string, number>>;
  /** The values of the formula's cells. The learning rate alone by default. */
  readonly cells?: (iteration: number, learningRate: number) => readonly number[];
}

/** Makes an optimizer: checks the common options, puts the saved form together, and fuses weight decay into the step if asked for. */
export function buildOptimizer(parts: OptimizerParts): Optimizer {
  const { id, options, formula, initial = {}, cells = (_, rate) => [rate] } = parts;
  const what = `create ${id} optimizer`;
  const learningRate = checkLearningRate(what, options.learningRate ?? parts.learningRate);
  const common = checkCommonOptions(what, options);
  const { weightDecay } = common;
  const saved: Json = typeof learningRate === "number" ? learningRate : saveSchedule(learningRate);
  return Object.freeze({
    id,
    config: Object.freeze({ learningRate: saved, ...parts.own, ...common }),
    learningRate,
    slots: formula.vectors.slice(2).map((name) => ({ name, initial: initial[name] ?? 0 })),
    formula: weightDecay === null ? formula : withWeightDecay(formula),
    scalars: parts.scalars ?? [],
    common: Object.freeze(common),
    cells: weightDecay === null ? cells : (iteration, rate) => [...cells(iteration, rate), weightDecay * rate],
  });
}
