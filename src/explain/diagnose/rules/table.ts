import type { Rule } from "../rule.ts";
import { constantOutput } from "./constant_output.ts";
import { deadLayer, diedLayer } from "./dead_layer.ts";
import { deadUnits } from "./dead_units.ts";
import { diverged } from "./diverged.ts";
import { exploding } from "./exploding.ts";
import { labelMismatch } from "./label_mismatch.ts";
import { linearStack } from "./linear_stack.ts";
import { notLearning } from "./not_learning.ts";
import { overfitting } from "./overfitting.ts";
import { rateTooLarge } from "./rate_too_large.ts";
import { rateTooSmall } from "./rate_too_small.ts";
import { saturated, saturatedAtStart } from "./saturated.ts";
import { symmetricUnits } from "./symmetric_units.ts";
import { trapped } from "./trapped.ts";
import { unscaledInputs } from "./unscaled_inputs.ts";
import { vanishing } from "./vanishing.ts";

/** All rules, causes before what they cause: the first problem is the one to begin with. */
export const RULES: readonly Rule[] = [
  labelMismatch,
  symmetricUnits,
  linearStack,
  unscaledInputs,
  exploding,
  deadLayer,
  vanishing,
  saturatedAtStart,
  rateTooLarge,
  rateTooSmall,
  diverged,
  diedLayer,
  trapped,
  saturated,
  deadUnits,
  overfitting,
  constantOutput,
  notLearning,
];
