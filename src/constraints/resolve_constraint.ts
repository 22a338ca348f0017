import { describeFactory } from "../errors/describe_factory.ts";
import type { EitherSpelling } from "../errors/either_spelling.ts";
import { findRow } from "../tables/find_row.ts";
import type { Constraint } from "./constraint.ts";
import { type ConstraintAlias, type ConstraintName, constraintTable } from "./gen/table.ts";

/** What is taken where a constraint is asked for: a name, a constraint, or its saved form. */
export type ConstraintSpec =
  | EitherSpelling<ConstraintName | ConstraintAlias>
  | Constraint
  | Pick<Constraint, "id" | "config">;

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
  if (typeof spec === "string") return findRow("constraint", spec, constraintTable).create();
  if (typeof spec === "object" && "id" in spec) {
    if ("project" in spec && typeof spec.project === "function") return spec;
    return findRow("constraint", spec.id, constraintTable).create(spec.config);
  }
  const rule = "a constraint must be a name, an object from constraints.*, or { id, config }";
  throw new TypeError(`Cannot resolve constraint: ${rule}, got ${describeFactory(spec, "constraints.maxNorm()")}`);
}
