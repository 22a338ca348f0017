import { checkOptions } from "../errors/check_options.ts";
import { buildMetric } from "./build_metric.ts";
import type { Metric, MetricOptions, MetricState } from "./metric.ts";

/**
 * Puts together a metric whose only option is its name.
 *
 * @param id Its key in the table of metrics.
 * @param direction Whether higher or lower is better.
 * @param options What the user gave.
 * @param create Starts a fresh state.
 * @param defaultName The name if none is given; the id if left out.
 * @returns The metric.
 * @throws {TypeError} If there is any option but `name`.
 */
export function buildPlainMetric(
  id: string,
  direction: Metric["direction"],
  options: MetricOptions,
  create: () => MetricState,
  defaultName: string = id,
): Metric {
  checkOptions(`create ${id} metric`, options, ["name"]);
  return buildMetric(id, direction, { name: options.name ?? defaultName }, create);
}
