import { freezeActivation } from "./freeze_activation.ts";
import { checkOptions } from "../errors/check_options.ts";
import { describeValue } from "../errors/describe_value.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow, ActivationTolerance } from "./activation_row.ts";

/** Options of softmax and log_softmax. */
export interface SoftmaxOptions {
  /** The axis that is normalised: −1, the last, is the only one that is supported, and the default. */
  readonly axis?: number;
}

/** A row that is an op over the last axis: it has no formula. */
export function rowActivation(
  op: "softmax" | "log_softmax",
  tolerance: ActivationTolerance,
): ActivationRow<SoftmaxOptions> {
  return {
    id: op,
    aliases: [],
    options: ["axis"],
    formulas: [],
    tolerance,
    create(options: SoftmaxOptions = {}): Activation {
      checkOptions(`create ${op} activation`, options, ["axis"]);
      const axis = options.axis ?? -1;
      if (axis !== -1) {
        throw new RangeError(
          `Cannot create ${op} activation: axis must be -1, only the last axis is supported, got ${
            describeValue(axis)
          }`,
        );
      }
      return freezeActivation({ id: op, config: { axis }, apply: (g, x) => g.apply(op, [x]) });
    },
  };
}
