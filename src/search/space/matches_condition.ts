import type { Condition } from "./dimension.ts";
import type { Params, ParamValue } from "./params.ts";

/**
 * Whether params have all the values that a condition names. A parameter that is left out matches nothing.
 *
 * @param params The params so far.
 * @param condition By name a value, or a list of values of which one is enough.
 * @returns True if all names match.
 */
export function matchesCondition(params: Params, condition: Condition): boolean {
  for (const name of Object.keys(condition)) {
    if (!Object.hasOwn(params, name)) return false;
    const wanted = condition[name];
    const value = params[name];
    if (Array.isArray(wanted) ? !(wanted as readonly ParamValue[]).includes(value) : wanted !== value) return false;
  }
  return true;
}
