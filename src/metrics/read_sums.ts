import { describeValue } from "../errors/describe_value.ts";
import type { StateValue } from "../tensor/state_value.ts";

/**
 * Reads the sums of a metric out of a saved state.
 *
 * @param id The metric, for errors.
 * @param state What its `getState` gave.
 * @param isLength Whether there may be so many sums.
 * @returns A copy of the sums.
 * @throws {TypeError} If the state is no such list of sums.
 */
export function readSums(
  id: string,
  state: StateValue | undefined,
  isLength: (length: number) => boolean,
): Float64Array<ArrayBuffer> {
  if (state instanceof Float64Array && isLength(state.length)) return state.slice();
  const found = state instanceof Float64Array ? `${state.length} of them` : describeValue(state);
  throw new TypeError(`Cannot set the state of metric ${id}: it must be the sums of such a metric, got ${found}`);
}
