import { checkName } from "../errors/check_name.ts";
import { checkPlainObject } from "../errors/check_plain_object.ts";
import { describeValue } from "../errors/describe_value.ts";
import type { ComposedMetric } from "./composed_metric.ts";
import { createValueMean } from "./create_value_mean.ts";
import type { Metric } from "./metric.ts";
import { metricTable } from "./gen/table.ts";

/**
 * A composed metric with all that one has.
 *
 * @throws {TypeError} If something is missing or has the wrong type; RangeError for the id of a metric of the library
 */
export function completeComposed(given: ComposedMetric): Metric {
  const id = checkName("create metric", given.id ?? "");
  const what = `create metric ${describeValue(id)}`;
  if (id === "" || Object.hasOwn(metricTable, id)) {
    const form = id === "" ? ': { id: "my_metric", call: ({ ops }, yTrue, yPred) => … }' : "";
    throw new RangeError(`Cannot ${what}: id must be a name of its own, which no metric of this library has${form}`);
  }
  if (typeof given.call !== "function") {
    throw new TypeError(`Cannot ${what}: call must be a function, got ${describeValue(given.call)}`);
  }
  const { config = {}, direction = null } = given;
  checkPlainObject(what, "config must be an object", config);
  if (direction !== null && direction !== "max" && direction !== "min") {
    throw new RangeError(`Cannot ${what}: direction must be "max", "min" or null, got ${describeValue(direction)}`);
  }
  return {
    id,
    name: checkName(what, given.name ?? id),
    config,
    direction,
    create: () => createValueMean(id),
    call: (t, yTrue, yPred) => given.call(t, yTrue, yPred),
  };
}
