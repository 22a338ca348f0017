import { defineRow } from "../tables/define_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow, ActivationTolerance } from "./activation_row.ts";
import { freezeActivation } from "./freeze_activation.ts";
import { checkOptions } from "../errors/check_options.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { alongLast } from "../tensor/along_last.ts";
import type { Builder, Symbolic } from "../tensor/symbolic.ts";

/** Options of softmax and log_softmax. */
export interface SoftmaxOptions {
  /** The axis that is normalised, counted from the end if it is negative; 0 is the batch. Default −1. */
  readonly axis?: number;
}

/** A row that is an op over an axis: it has no formula. */
export function rowActivation(
  op: "softmax" | "log_softmax",
  tolerance: ActivationTolerance,
): ActivationRow<SoftmaxOptions> {
  return defineRow({
    id: op,
    options: ["axis"],
    formulas: [],
    tolerance,
    create(options: SoftmaxOptions = {}): Activation {
      checkOptions(`create ${op} activation`, options, ["axis"]);
      const axis = checkInteger(`create ${op} activation`, "axis", options.axis ?? -1);
      const apply = (_: Builder, x: Symbolic): Symbolic => alongLast(op, x, axis, (y) => y.graph.apply(op, [y]));
      return freezeActivation({ id: op, config: { axis }, apply });
    },
  });
}
