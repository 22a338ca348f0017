import type { Condition } from "./dimension.ts";

/** A copy of a condition, its lists included: the caller may change his object. */
export function copyCondition(condition: Condition): Condition {
  return Object.fromEntries(
    Object.entries(condition).map(([name, wanted]) => [name, Array.isArray(wanted) ? [...wanted] : wanted]),
  );
}
