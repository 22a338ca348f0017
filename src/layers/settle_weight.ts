import { resolveConstraint } from "../constraints/resolve_constraint.ts";
import { checkOptions } from "../errors/check_options.ts";
import { describeValue } from "../errors/describe_value.ts";
import { hasControlCharacters } from "../errors/has_control_characters.ts";
import { resolveInitializer } from "../initializers/resolve_initializer.ts";
import { resolveRegularizer } from "../regularizers/resolve_regularizer.ts";
import { checkWeightShape } from "./check_shape_options.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { WeightSpec } from "./weight_spec.ts";

/**
 * Checks what a layer says of a weight; names and saved forms are resolved.
 *
 * @param what what is done, for messages
 * @throws {TypeError} If something is missing, unknown or of another type; RangeError for an unknown name.
 */
export function settleWeight(what: string, spec: WeightSpec): WeightSpec {
  const known = [
    "name",
    "shape",
    "initializer",
    "regularizer",
    "constraint",
    "trainable",
    "sparse",
    "carried",
  ] as const;
  checkOptions(what, spec, known);
  const { name } = spec ?? {};
  if (typeof name !== "string" || name === "" || name.includes("/") || hasControlCharacters(name)) {
    throw new TypeError(
      `Cannot ${what}: name must be a non-empty string without "/" and control characters, got ${describeValue(name)}`,
    );
  }
  const shape = checkWeightShape(what, spec.shape);
  if (spec.sparse === true) checkSparse(what, { ...spec, shape });
  return Object.freeze({
    ...spec,
    shape,
    initializer: resolveInitializer(spec.initializer),
    regularizer: resolveRegularizer(spec.regularizer ?? null),
    constraint: resolveConstraint(spec.constraint ?? null),
  });
}

/** Checks that a weight can be updated row by row. @throws {TypeError} */
function checkSparse(what: string, { shape, regularizer, constraint }: WeightSpec): void {
  const width = sizeOf(shape.slice(1));
  if (shape.length < 2 || width % 4 !== 0) {
    throw new TypeError(
      `Cannot ${what}: a sparse weight must have rows of a multiple of 4 elements, got shape ${formatShape(shape)}`,
    );
  }
  if ((regularizer ?? null) !== null || (constraint ?? null) !== null) {
    throw new TypeError(
      `Cannot ${what}: a sparse weight has no regularizer and no constraint, which are about all rows`,
    );
  }
}
