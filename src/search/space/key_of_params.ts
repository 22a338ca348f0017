import type { Params } from "./params.ts";

/**
 * A text that is the same for equal params of one space, and for no others.
 *
 * @param params Params in the order of the space.
 * @returns JSON.
 */
export function keyOfParams(params: Params): string {
  return JSON.stringify(params);
}
