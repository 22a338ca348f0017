import type { EitherSpelling } from "../errors/either_spelling.ts";
import { resolveRow, type RowKind } from "../tables/resolve_row.ts";
import type { Constraint } from "./constraint.ts";
import { type ConstraintAlias, type ConstraintName, constraintTable } from "./gen/table.ts";

/** What is taken where a constraint is asked for: a name, a constraint, or its saved form. */
export type ConstraintSpec =
  | EitherSpelling<ConstraintName | ConstraintAlias>
  | Constraint
  | Pick<Constraint, "id" | "config">;

const constraintKind: RowKind<Constraint> = {
  kind: "constraint",
  table: constraintTable,
  isMade: (spec) => "project" in spec && typeof spec.project === "function",
  call: "constraints.maxNorm()",
};

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
  return resolveRow(spec, constraintKind);
}
