import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { ADAM_OPTIONS, adamAmsgradStep, type AdamOptions, adamStep } from "./adam.ts";
import { buildAdam } from "./build_adam.ts";
import type { Optimizer } from "./optimizer.ts";
import type { OptimizerRow } from "./optimizer_row.ts";

/** Options of `adamw`: those of `adam`, with a weight decay that cannot be null. */
export interface AdamwOptions extends AdamOptions {
  /** Weight decay apart from the gradient, >= 0; 0.004 by default. */
  weightDecay?: number;
}

/**
 * Adam with weight decay apart from the gradient: w −= w · weightDecay · learningRate before Adam's step.
 *
 * Source: Loshchilov and Hutter 2019, Decoupled weight decay regularization, arXiv:1711.05101.
 *
 * @param options Weight decay (0.004 by default) and the options of `adam`.
 * @returns The optimizer.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option has the wrong type or does not exist, or options exclude each other.
 */
export function adamw(options: AdamwOptions = {}): Optimizer {
  checkOptions("create adamw optimizer", options, ADAM_OPTIONS);
  const given = options.weightDecay === undefined ? 0.004 : options.weightDecay;
  const weightDecay = checkNumber("create adamw optimizer", "weightDecay", given, { min: 0 });
  return buildAdam("adamw", { ...options, weightDecay }, { plain: adamStep, amsgrad: adamAmsgradStep });
}

/** Its row of the table. */
export const adamwRow: OptimizerRow = defineRow({ id: "adamw", create: adamw });
