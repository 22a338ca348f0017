import type { Formula } from "../formula/formula.ts";
import { adadeltaStep } from "./adadelta.ts";
import { adagradStep } from "./adagrad.ts";
import { adamAmsgradStep, adamStep } from "./adam.ts";
import { adamaxStep } from "./adamax.ts";
import { lionStep } from "./lion.ts";
import { nadamStep } from "./nadam.ts";
import { rmspropCenteredMomentumStep, rmspropCenteredStep, rmspropMomentumStep, rmspropStep } from "./rmsprop.ts";
import { sgdMomentumStep, sgdNesterovStep, sgdStep } from "./sgd.ts";
import {
  accumulateFormula,
  averageFormula,
  clipValueFormula,
  flushFormula,
  takeAccumulatedFormula,
} from "./update_formulas.ts";
import { withWeightDecay } from "./with_weight_decay.ts";

const steps: readonly Formula[] = [
  sgdStep,
  sgdMomentumStep,
  sgdNesterovStep,
  rmspropStep,
  rmspropMomentumStep,
  rmspropCenteredStep,
  rmspropCenteredMomentumStep,
  adamStep,
  adamAmsgradStep,
  adamaxStep,
  nadamStep,
  adagradStep,
  adadeltaStep,
  lionStep,
];

/** Every formula of an optimizer's step, with and without weight decay, and of what is done around it: one kernel each. */
export const optimizerFormulas: readonly Formula[] = [
  ...steps,
  ...steps.map(withWeightDecay),
  clipValueFormula,
  accumulateFormula,
  takeAccumulatedFormula,
  averageFormula,
  flushFormula,
];
