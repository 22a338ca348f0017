import type { Metric } from "../metrics/metric.ts";
import type { Json } from "../tensor/json.ts";
import { Counts } from "./counts.ts";
import { MemberOutputs } from "./member_outputs.ts";
import { nameValues } from "./name_values.ts";
import type { Goal } from "./objective.ts";
import type { Selection } from "./selection.ts";

/**
 * Members are chosen by a metric of an output, with the weights of samples.
 *
 * @param goals the outputs that are trained
 * @param goal the number of the one that it is of
 * @param saved its saved form
 */
export function metricSelection(
  goals: readonly Goal[],
  goal: number,
  metric: Metric,
  direction: "max" | "min",
  saved: Json,
): Selection {
  const counted = goals.map((each, i) => ({ ...each, metrics: [], weightedMetrics: i === goal ? [metric] : [] }));
  let counts: Counts | null = null;
  const name = metric.name === "loss" ? "metric" : metric.name;
  const sign = direction === "max" ? -1 : 1;
  return {
    isLoss: false,
    direction,
    goal,
    metric,
    saved,
    kept: ({ outputs }) => {
      const names = [`output/${goal}`, `labels/${goal}`, `mask/${goal}`, nameValues(`output/${goal}`, metric.name)];
      return names.filter((output) => outputs[output] !== undefined);
    },
    score({ program, one, members, batch: { rows, weights, shapes } }, tell) {
      counts ??= new Counts(counted, ["loss", name]);
      const outputs = new MemberOutputs(program, one);
      for (let i = 0; i < members; i++) {
        outputs.member = i;
        counts.reset();
        counts.add(outputs, rows, 0, weights, shapes);
        const value = counts.read()[name];
        if (typeof value !== "number") {
          throw new TypeError(
            `Cannot choose members by metric "${metric.name}": it must give one number, got ${
              Array.isArray(value) ? `a list of ${value.length}` : typeof value
            }`,
          );
        }
        tell(i, sign * value);
      }
    },
  };
}
