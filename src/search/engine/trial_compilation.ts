import type { Schedule } from "../../schedules/schedule.ts";
import type { Compilation } from "../../training/trainer.ts";

/** What the model of a trial was compiled with, and the learning rate that it begins with, which may have been set afterwards. */
export interface TrialCompilation extends Compilation {
  readonly learningRate: number | Schedule;
}
