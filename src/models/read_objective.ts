import { checkName } from "../errors/check_name.ts";
import { checkOptions } from "../errors/check_options.ts";
import { describeValue } from "../errors/describe_value.ts";
import { metricTable } from "../metrics/gen/table.ts";
import type { MetricSpec } from "../metrics/resolve_metric.ts";
import { isPopulation } from "../optimizers/population_optimizer.ts";
import type { AnyOptimizer } from "../optimizers/any_optimizer.ts";
import type { Metric } from "../metrics/metric.ts";
import type { Json } from "../tensor/json.ts";
import { metricSelection } from "../training/metric_selection.ts";
import type { Goal } from "../training/objective.ts";
import { type ObjectiveValues, ownSelection } from "../training/own_selection.ts";
import { lossSelection, type Selection } from "../training/selection.ts";

/** A number for a batch: predictions [rows, …] and labels; of a model with several outputs, records by their names. */
export type ObjectiveFunction = (predictions: ObjectiveValues, labels: ObjectiveValues) => number;

/** A metric by which members of a population are chosen. */
export interface MetricObjective {
  /** The metric: a name, or from `metrics`. */
  readonly metric: MetricSpec | string;
  /** Whether high or low is good; that of the metric, if it is left out. */
  readonly direction?: "max" | "min";
  /** Of a model with several outputs: the name of the one that it is of. */
  readonly output?: string;
}

/** A function by which they are chosen. */
export interface CustomObjective {
  /** Its name: `loadModel(file, { custom: { objectives: { [id]: … } } })`. */
  readonly id: string;
  /** The number. */
  readonly evaluate: ObjectiveFunction;
  /** Whether high or low is good. Default `"min"`. */
  readonly direction?: "max" | "min";
}

/** What `compile` takes as an objective. */
export type ObjectiveOption = "loss" | MetricObjective | CustomObjective | ObjectiveFunction;

const WHAT = "compile model";

/** Checks an objective, and copies it. @throws {TypeError | RangeError} If it is none */
export function copyObjective(given: unknown): ObjectiveOption | undefined {
  if (given === undefined || given === "loss") return given;
  if (typeof given === "function") {
    return Object.freeze({ id: given.name || "custom", evaluate: given as ObjectiveFunction, direction: "min" });
  }
  if (typeof given === "object" && given !== null && ("metric" in given || "evaluate" in given)) {
    const isMetric = "metric" in given;
    checkOptions(
      `${WHAT} with an objective`,
      given,
      isMetric ? ["metric", "direction", "output"] : [
        "id",
        "evaluate",
        "direction",
      ],
    );
    const { direction } = given as { readonly direction?: unknown };
    if (direction !== undefined && direction !== "max" && direction !== "min") {
      throw new RangeError(
        `Cannot ${WHAT}: direction of objective must be "max" or "min", got ${describeValue(direction)}`,
      );
    }
    if (isMetric) return Object.freeze({ ...given }) as MetricObjective;
    const { id, evaluate } = given as { readonly id?: unknown; readonly evaluate?: unknown };
    if (typeof evaluate !== "function") {
      throw new TypeError(
        `Cannot ${WHAT}: evaluate of objective must be a function of predictions and labels, got ${
          describeValue(evaluate)
        }`,
      );
    }
    return Object.freeze({ id: checkName(WHAT, id), evaluate: evaluate.bind(given), direction: direction ?? "min" });
  }
  throw new TypeError(
    `Cannot ${WHAT}: objective must be "loss", { metric, direction }, or a function of predictions and labels, got ` +
      describeValue(given),
  );
}

/**
 * What members of a population are chosen by.
 *
 * @param resolve the metric that a name stands for, for an output that is trained
 * @throws {TypeError} If the optimizer uses gradients, nobody says whether high or low is good, or the output is missing
 */
export function readObjective(
  given: ObjectiveOption | undefined,
  optimizer: AnyOptimizer,
  goals: readonly Goal[],
  resolve: (spec: MetricSpec | string, goal: Goal) => Metric,
): Selection {
  if (given === undefined || given === "loss") return lossSelection;
  if (!isPopulation(optimizer)) {
    throw new TypeError(
      `Cannot ${WHAT}: objective goes with optimizers without gradients, such as optimizers.cmaEs(), got optimizer ` +
        `"${optimizer.id}", which makes the loss small`,
    );
  }
  if (typeof given === "function") return readObjective(copyObjective(given), optimizer, goals, resolve);
  if ("evaluate" in given) return ownSelection(goals, { direction: "min", ...given });
  const index = findGoal(given.output, goals);
  const metric = resolve(given.metric, goals[index]);
  const direction = given.direction ?? metric.direction;
  if (direction === null) {
    throw new TypeError(
      `Cannot ${WHAT}: objective must say whether high or low is good, and metric "${metric.name}" does not; write ` +
        '{ metric, direction: "max" } or "min"',
    );
  }
  const output: Readonly<Record<string, Json>> = goals.length > 1 ? { output: goals[index].port.name } : {};
  const { id, config, name } = metric;
  const own: Readonly<Record<string, Json>> = Object.hasOwn(metricTable, id) ? {} : { name, custom: true };
  return metricSelection(goals, index, metric, direction, { ...output, metric: { id, config, ...own }, direction });
}

function findGoal(output: unknown, goals: readonly Goal[]): number {
  const names = goals.map(({ port }) => port.name);
  if (output === undefined && goals.length === 1) return 0;
  const index = names.indexOf(output as string);
  if (index >= 0) return index;
  throw new TypeError(
    `Cannot ${WHAT}: output of objective must be one of the outputs that are trained (${names.join(", ")}), got ${
      output === undefined ? "none" : describeValue(output)
    }`,
  );
}
