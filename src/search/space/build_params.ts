import { matchesCondition } from "./matches_condition.ts";
import type { Params, ParamValue } from "./params.ts";
import type { Parameter, ResolvedSpace } from "./space.ts";

/**
 * Params of a space: asks for the value of each parameter whose condition holds, those it depends on first.
 *
 * @param space The space.
 * @param pick The value of a parameter, given its number in `space.parameters`.
 * @returns The params, in the order in which the user wrote the space. Forbidden combinations are not looked at.
 */
export function buildParams(
  space: ResolvedSpace,
  pick: (parameter: Parameter, index: number) => ParamValue,
): Params {
  const picked: Record<string, ParamValue> = {};
  for (const [index, parameter] of space.parameters.entries()) {
    if (parameter.when !== undefined && !matchesCondition(picked, parameter.when)) continue;
    picked[parameter.name] = pick(parameter, index);
  }
  const params: Record<string, ParamValue> = {};
  for (const name of space.names) if (Object.hasOwn(picked, name)) params[name] = picked[name];
  return params;
}
