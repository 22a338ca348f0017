import { checkName } from "../errors/check_name.ts";
import type { Json } from "../tensor/json.ts";
import type { Metric, MetricState } from "./metric.ts";

/**
 * Puts a metric together from its checked options.
 *
 * @param id Its key in the table of metrics.
 * @param direction Whether higher or lower is better.
 * @param config All options with defaults filled in; `name` is the key in logs.
 * @param create Starts a fresh state.
 * @returns The metric, frozen.
 * @throws {TypeError} If the name is not a string that is not empty.
 */
export function buildMetric(
  id: string,
  direction: Metric["direction"],
  config: Record<string, Json>,
  create: () => MetricState,
): Metric {
  const what = `create ${id} metric`;
  const name = checkName(what, config.name);
  if (name === "") throw new RangeError(`Cannot ${what}: name must not be empty, got ""`);
  return Object.freeze({ id, name, direction, config: Object.freeze(config), create });
}
