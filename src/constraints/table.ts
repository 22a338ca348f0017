import type { Constraint } from "./constraint.ts";
import { maxNorm } from "./max_norm.ts";
import { minMaxNorm } from "./min_max_norm.ts";
import { nonNeg } from "./non_neg.ts";
import { unitNorm } from "./unit_norm.ts";

/** The names of the constraints. */
export type ConstraintName = "max_norm" | "non_neg" | "unit_norm" | "min_max_norm";

/** The constraints by name: each makes a constraint from its options, which it checks. */
export const CONSTRAINTS: Readonly<Record<ConstraintName, (options?: Record<string, never>) => Constraint>> = {
  max_norm: maxNorm,
  non_neg: nonNeg,
  unit_norm: unitNorm,
  min_max_norm: minMaxNorm,
};
