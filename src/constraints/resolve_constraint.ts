import { describeFactory } from "../errors/describe_factory.ts";
import type { EitherSpelling } from "../errors/either_spelling.ts";
import { lookUpName } from "../errors/look_up_name.ts";
import type { Constraint } from "./constraint.ts";
import { type ConstraintName, CONSTRAINTS } from "./table.ts";

/** What is taken where a constraint is asked for: a name, a constraint, or its saved form. */
export type ConstraintSpec = EitherSpelling<ConstraintName> | Constraint | Pick<Constraint, "id" | "config">;

/** Keras's other names. */
const ALIASES: ReadonlyMap<string, ConstraintName> = new Map([
  ["non_negative", "non_neg"],
  ["nonNegative", "non_neg"],
]);

/**
 * The constraint that a name, a saved form or a constraint stands for.
 *
 * @param spec A name in either spelling (`"max_norm"`, `"maxNorm"`), `{ id, config }`, a constraint, which comes back as it is, or
 *   null for none.
 * @returns The constraint, or null.
 * @throws {RangeError} If there is no constraint of that name; the message lists those that exist.
 * @throws {TypeError} If it is none of these, or has an unknown option.
 */
export function resolveConstraint(spec: ConstraintSpec | string): Constraint;
/** The same, and null for none. */
export function resolveConstraint(spec: ConstraintSpec | string | null | undefined): Constraint | null;
export function resolveConstraint(spec: ConstraintSpec | string | null | undefined): Constraint | null {
  if (spec === null || spec === undefined) return null;
  if (typeof spec === "string") return lookUpName("constraint", ALIASES.get(spec) ?? spec, CONSTRAINTS)();
  if (typeof spec === "object" && "id" in spec) {
    if ("project" in spec && typeof spec.project === "function") return spec;
    return lookUpName("constraint", spec.id, CONSTRAINTS)(spec.config as Record<string, never>);
  }
  const rule = "a constraint must be a name, an object from constraints.*, or { id, config }";
  throw new TypeError(`Cannot resolve constraint: ${rule}, got ${describeFactory(spec, "constraints.maxNorm()")}`);
}
