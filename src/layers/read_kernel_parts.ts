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

/** What layers with a bias and an activation take. */
export interface BiasOptions extends LayerOptions {
  /** Default `"linear"`. */
  activation?: ActivationSpec;
  /** Whether a bias is added. Default true. */
  useBias?: boolean;
  /** Default `"zeros"`. */
  biasInitializer?: InitializerSpec;
  /** A penalty on the bias. Default none. */
  biasRegularizer?: RegularizerSpec | null;
  /** A penalty on the output, summed over the batch and not divided by it, as in Keras 3. Default none. */
  activityRegularizer?: RegularizerSpec | null;
  /** A rule that the bias keeps after every step. Default none. */
  biasConstraint?: ConstraintSpec | null;
}

/** What layers with a kernel and a bias take. */
export interface KernelOptions extends BiasOptions {
  /** Default `"glorot_uniform"`. */
  kernelInitializer?: InitializerSpec;
  /** A penalty on the kernel. Default none. */
  kernelRegularizer?: RegularizerSpec | null;
  /** A rule that the kernel keeps after every step. Default none. */
  kernelConstraint?: ConstraintSpec | null;
}

/** How a weight begins, what it is penalised by, and what it keeps to. */
interface WeightParts {
  readonly initializer: Initializer;
  readonly regularizer: Regularizer | null;
  readonly constraint: Constraint | null;
}

/** The parts of a layer with kernels of these names and a bias. */
export type KernelParts<Kernel extends string = "kernel"> =
  & OutputParts
  & Readonly<Record<Kernel | "bias", WeightParts>>;

interface OutputParts {
  readonly activation: Activation;
  readonly useBias: boolean;
  readonly activity: Regularizer | null;
  /** Their saved form. */
  readonly saved: Readonly<Record<string, Json>>;
}

/** The names of the options of kernels of these names, and of `BiasOptions`. */
export function kernelOptionsOf(kernels: readonly string[]): string[] {
  const each = (option: string): string[] => [...kernels, "bias"].map((name) => `${name}${option}`);
  return [
    "activation",
    "useBias",
    ...each("Initializer"),
    ...each("Regularizer"),
    "activityRegularizer",
    ...each("Constraint"),
  ];
}

/** The names of the options of `KernelOptions`. */
export const KERNEL_OPTIONS: readonly string[] = kernelOptionsOf(["kernel"]);

/**
 * Makes the parts of a layer of its options.
 *
 * @param what what is done, for messages: `create dense layer`
 * @param kernels what its kernels are called in its options. Default `kernel`, as in `kernelInitializer`.
 */
export function readKernelParts<Kernel extends string = "kernel">(
  what: string,
  options: BiasOptions,
  parts: PartResolver,
  kernels: readonly Kernel[] = ["kernel" as Kernel],
): KernelParts<Kernel> {
  const given = options as Readonly<Record<string, unknown>>;
  const activation = parts.activation(options.activation ?? "linear");
  const useBias = options.useBias === undefined ? true : checkBoolean(what, "useBias", options.useBias);
  const activity = parts.regularizer(options.activityRegularizer ?? null);
  const names = [...kernels, "bias"];
  const weights = names.map((name): WeightParts => ({
    initializer: parts.initializer(
      (given[`${name}Initializer`] ?? (name === "bias" ? "zeros" : "glorot_uniform")) as InitializerSpec,
    ),
    regularizer: parts.regularizer((given[`${name}Regularizer`] ?? null) as RegularizerSpec | null),
    constraint: parts.constraint((given[`${name}Constraint`] ?? null) as ConstraintSpec | null),
  }));
  const each = (option: string, save: (weight: WeightParts) => Json): Record<string, Json> =>
    Object.fromEntries(names.map((name, i) => [`${name}${option}`, save(weights[i])]));
  const saved = copyJson({
    activation: savePart(activation, activationTable),
    useBias,
    ...each("Initializer", ({ initializer }) => savePart(initializer, initializerTable)),
    ...each("Regularizer", ({ regularizer }) => savePart(regularizer, regularizerTable)),
    // Left out where there is none: files of before have no such entry.
    ...(activity === null ? {} : { activityRegularizer: savePart(activity, regularizerTable) }),
    ...each("Constraint", ({ constraint }) => savePart(constraint, constraintTable)),
  });
  const made = Object.fromEntries(names.map((name, i) => [name, weights[i]]));
  return Object.freeze({ activation, useBias, activity, saved, ...made }) as KernelParts<Kernel>;
}
