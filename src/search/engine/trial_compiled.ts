import type { Schedule } from "../../schedules/schedule.ts";
import type { Compiled } from "../../training/trainer.ts";

/** What the model of a trial was compiled with, and the learning rate that it begins with, which may have been set afterwards. */
export interface TrialCompiled extends Compiled {
  readonly learningRate: number | Schedule;
}
