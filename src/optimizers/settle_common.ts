import { saveSchedule } from "../schedules/save_schedule.ts";
import type { Json } from "../tensor/json.ts";
import { checkCommonOptions } from "./check_common_options.ts";
import { checkLearningRate } from "./check_learning_rate.ts";
import type { CommonOptions } from "./common_options.ts";
import type { Optimizer } from "./optimizer.ts";

/** What optimizers of both kinds are made of. */
export interface CommonParts {
  /** The name in the table. */
  readonly id: string;
  /** What the user gave. */
  readonly options: CommonOptions;
  /** The learning rate where the user gave none. */
  readonly learningRate: number;
  /** The options of its own, checked, with defaults. */
  readonly own: Readonly<Record<string, Json>>;
}

/** Checks the options that every optimizer takes, and puts the saved form together. */
export function settleCommon(
  { id, options, learningRate: rate, own }: CommonParts,
): Pick<Optimizer, "id" | "config" | "learningRate" | "common"> {
  const what = `create ${id} optimizer`;
  const learningRate = checkLearningRate(what, options.learningRate ?? rate);
  const common = Object.freeze(checkCommonOptions(what, options));
  const saved: Json = typeof learningRate === "number" ? learningRate : saveSchedule(learningRate);
  return { id, config: Object.freeze({ learningRate: saved, ...own, ...common }), learningRate, common };
}
