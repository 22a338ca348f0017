import { matchesCondition } from "./matches_condition.ts";
import type { Params } from "./params.ts";
import type { ResolvedSpace } from "./space.ts";

/**
 * Whether no rule of a space forbids these params.
 *
 * @param space The space.
 * @param params Params of that space.
 * @returns True if they may be tried.
 */
export function isAllowed(space: ResolvedSpace, params: Params): boolean {
  return !space.forbidden.some((rule) => typeof rule === "function" ? rule(params) : matchesCondition(params, rule));
}
