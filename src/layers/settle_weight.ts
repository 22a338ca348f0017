import { resolveConstraint } from "../constraints/resolve_constraint.ts";
import { checkOptions } from "../errors/check_options.ts";
import { describeValue } from "../errors/describe_value.ts";
import { hasControlCharacters } from "../errors/has_control_characters.ts";
import { resolveInitializer } from "../initializers/resolve_initializer.ts";
import { resolveRegularizer } from "../regularizers/resolve_regularizer.ts";
import { checkWeightShape } from "./check_shape_options.ts";
import type { WeightSpec } from "./weight_spec.ts";

/**
 * Checks what a layer says of a weight; names and saved forms are resolved.
 *
 * @param what what is done, for messages
 * @throws {TypeError} If something is missing, unknown or of another type; RangeError for an unknown name.
 */
export function settleWeight(what: string, spec: WeightSpec): WeightSpec {
  checkOptions(what, spec, ["name", "shape", "initializer", "regularizer", "constraint", "trainable"]);
  const { name } = spec ?? {};
  if (typeof name !== "string" || name === "" || name.includes("/") || hasControlCharacters(name)) {
    throw new TypeError(
      `Cannot ${what}: name must be a non-empty string without "/" and control characters, got ${describeValue(name)}`,
    );
  }
  return Object.freeze({
    ...spec,
    shape: checkWeightShape(what, spec.shape),
    initializer: resolveInitializer(spec.initializer),
    regularizer: resolveRegularizer(spec.regularizer ?? null),
    constraint: resolveConstraint(spec.constraint ?? null),
  });
}
