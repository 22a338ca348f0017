import type { Activation } from "../activations/activation.ts";
import { activationTable } from "../activations/gen/table.ts";
import type { Constraint } from "../constraints/constraint.ts";
import { constraintTable } from "../constraints/gen/table.ts";
import type { ConstraintSpec } from "../constraints/resolve_constraint.ts";
import { checkBoolean } from "../errors/check_boolean.ts";
import { initializerTable } from "../initializers/gen/table.ts";
import type { Initializer } from "../initializers/initializer.ts";
import type { InitializerSpec } from "../initializers/resolve_initializer.ts";
import { regularizerTable } from "../regularizers/gen/table.ts";
import type { Regularizer } from "../regularizers/regularizer.ts";
import type { RegularizerSpec } from "../regularizers/resolve_regularizer.ts";
import { copyJson } from "../tensor/copy_json.ts";
import type { Json } from "../tensor/json.ts";
import type { LayerOptions } from "./layer.ts";
import type { PartResolver } from "./part_resolver.ts";
import type { ActivationSpec } from "./read_activation.ts";
import { savePart } from "./save_part.ts";

/** What layers with a kernel and a bias take. */
export interface KernelOptions extends LayerOptions {
  /** Default `"linear"`. */
  activation?: ActivationSpec;
  /** Whether a bias is added. Default true. */
  useBias?: boolean;
  /** Default `"glorot_uniform"`. */
  kernelInitializer?: InitializerSpec;
  /** Default `"zeros"`. */
  biasInitializer?: InitializerSpec;
  /** A penalty on the kernel. Default none. */
  kernelRegularizer?: RegularizerSpec | null;
  /** A penalty on the bias. Default none. */
  biasRegularizer?: RegularizerSpec | null;
  /** A penalty on the output, summed over the batch and not divided by it, as in Keras 3. Default none. */
  activityRegularizer?: RegularizerSpec | null;
  /** A rule that the kernel keeps after every step. Default none. */
  kernelConstraint?: ConstraintSpec | null;
  /** A rule that the bias keeps after every step. Default none. */
  biasConstraint?: ConstraintSpec | null;
}

/** The names of the options of `KernelOptions`. */
export const KERNEL_OPTIONS = [
  "activation",
  "useBias",
  "kernelInitializer",
  "biasInitializer",
  "kernelRegularizer",
  "biasRegularizer",
  "activityRegularizer",
  "kernelConstraint",
  "biasConstraint",
] as const;

/** How a weight begins, what it is penalised by, and what it keeps to. */
interface WeightParts {
  readonly initializer: Initializer;
  readonly regularizer: Regularizer | null;
  readonly constraint: Constraint | null;
}

/** The parts of a layer with a kernel and a bias. */
export interface KernelParts {
  readonly activation: Activation;
  readonly useBias: boolean;
  readonly kernel: WeightParts;
  readonly bias: WeightParts;
  readonly activity: Regularizer | null;
  /** Their saved form. */
  readonly saved: Readonly<Record<string, Json>>;
}

/** Makes the parts of a layer of its options. @param what what is done, for messages: `create dense layer` */
export function readKernelParts(what: string, options: KernelOptions, parts: PartResolver): KernelParts {
  const activation = parts.activation(options.activation ?? "linear");
  const useBias = options.useBias === undefined ? true : checkBoolean(what, "useBias", options.useBias);
  const kernel = {
    initializer: parts.initializer(options.kernelInitializer ?? "glorot_uniform"),
    regularizer: parts.regularizer(options.kernelRegularizer ?? null),
    constraint: parts.constraint(options.kernelConstraint ?? null),
  };
  const bias = {
    initializer: parts.initializer(options.biasInitializer ?? "zeros"),
    regularizer: parts.regularizer(options.biasRegularizer ?? null),
    constraint: parts.constraint(options.biasConstraint ?? null),
  };
  const activity = parts.regularizer(options.activityRegularizer ?? null);
  const saved = copyJson({
    activation: savePart(activation, activationTable),
    useBias,
    kernelInitializer: savePart(kernel.initializer, initializerTable),
    biasInitializer: savePart(bias.initializer, initializerTable),
    kernelRegularizer: savePart(kernel.regularizer, regularizerTable),
    biasRegularizer: savePart(bias.regularizer, regularizerTable),
    // Left out where there is none: files of before have no such entry.
    ...(activity === null ? {} : { activityRegularizer: savePart(activity, regularizerTable) }),
    kernelConstraint: savePart(kernel.constraint, constraintTable),
    biasConstraint: savePart(bias.constraint, constraintTable),
  });
  return Object.freeze({ activation, useBias, kernel, bias, activity, saved });
}
