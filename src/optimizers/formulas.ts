import type { Formula } from "../formula/formula.ts";
import type { FormulaRow } from "../formula/formula_row.ts";
import { adadeltaStep } from "./adadelta.ts";
import { adagradStep } from "./adagrad.ts";
import { adamAmsgradStep, adamStep } from "./adam.ts";
import { adamaxStep } from "./adamax.ts";
import { commonRows } from "./common_rows.ts";
import { lambRows } from "./lamb.ts";
import { lionStep } from "./lion.ts";
import { nadamStep } from "./nadam.ts";
import { rmspropCenteredMomentumStep, rmspropCenteredStep, rmspropMomentumStep, rmspropStep } from "./rmsprop.ts";
import { sgdMomentumStep, sgdNesterovStep, sgdStep } from "./sgd.ts";
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

/** The formula of every fused optimizer's step, with and without weight decay: one kernel each. */
export const stepFormulas: readonly Formula[] = [...steps, ...steps.map(withWeightDecay)];

/** The elementwise formulas that traced optimizers are made of. */
export const optimizerRows: readonly FormulaRow[] = [...commonRows, ...lambRows];
