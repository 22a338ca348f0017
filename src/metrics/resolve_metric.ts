import { checkName } from "../errors/check_name.ts";
import { describeFactory } from "../errors/describe_factory.ts";
import { describeValue } from "../errors/describe_value.ts";
import type { EitherSpelling } from "../errors/either_spelling.ts";
import { defineRow } from "../tables/define_row.ts";
import { findRow } from "../tables/find_row.ts";
import { binaryAccuracy } from "./binary_accuracy.ts";
import { categoricalAccuracy } from "./categorical_accuracy.ts";
import type { Json } from "../tensor/json.ts";
import { type MetricAlias, type MetricId, metricTable } from "./gen/table.ts";
import { type Link, linkMetric } from "./link_metric.ts";
import { completeComposed } from "./complete_composed.ts";
import type { ComposedMetric } from "./composed_metric.ts";
import type { Metric, MetricState } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";
import { sparseCategoricalAccuracy } from "./sparse_categorical_accuracy.ts";

/** A name that stands for a metric; `"accuracy"` picks the one that suits the model's output. */
export type MetricName = EitherSpelling<MetricId | MetricAlias> | "accuracy" | "acc";

/** A metric of the user's own. */
export interface CustomMetric {
  /** The key in logs and history. */
  readonly name: string;
  /** Whether higher or lower is better. Default null: not said. */
  readonly direction?: "max" | "min" | null;
  /** Starts a fresh state. */
  create(): MetricState;
}

/** What `compile` takes as a metric: a name, a metric, one of the user's own, or the saved form. */
export type MetricSpec = MetricName | Metric | CustomMetric | ComposedMetric | {
  readonly id: MetricId | "accuracy";
  readonly config?: Readonly<Record<string, Json>>;
};

/** What `"accuracy"` looks at to pick the right metric. */
export interface MetricContext {
  /** The id of the loss. */
  readonly lossId: string;
  /** Values in a row of predictions; null where each batch brings that along. */
  readonly predWidth: number | null;
  /** Values in a row of labels. */
  readonly trueWidth: number | null;
  /** What turns predictions into probabilities, if the loss takes them for logits. Default null: they are none. */
  readonly link?: Link | null;
}

/**
 * The metric that a name, an object or a saved form stands for. A name is kept as it was written: `"acc"` and `"mse"`
 * appear so in the history. `"accuracy"` is binary accuracy for a single column of predictions, sparse categorical
 * accuracy for class indices (labels of width 1, or a sparse loss), else categorical accuracy. A metric of probabilities gets logits as
 * probabilities, where the loss takes predictions for logits.
 *
 * @param spec What the user gave.
 * @param context The widths of labels and predictions, and the loss.
 * @returns The metric.
 * @throws {RangeError} If there is no metric of that name; the error lists all.
 * @throws {TypeError} If it is nothing of the kind, or has options that do not exist.
 */
export function resolveMetric(spec: MetricSpec | string, context: MetricContext): Metric {
  return linkMetric(findMetric(spec, context), context.link ?? null);
}

function findMetric(spec: MetricSpec | string, context: MetricContext): Metric {
  if (typeof spec === "string") return findMetricRow(spec, context).create({ name: spec });
  if (typeof spec !== "object" || spec === null) {
    throw new TypeError(
      `Cannot create metric: it must be a name or an object, got ${describeFactory(spec, "metrics.precision()")}${
        typeof spec === "function" ? '; one of your own is { id: "my_metric", call: ({ ops }, yTrue, yPred) => … }' : ""
      }`,
    );
  }
  if ("create" in spec) return completeMetric(spec);
  if ("call" in spec) return completeComposed(spec);
  if ("id" in spec) return findMetricRow(spec.id, context).create({ ...spec.config });
  throw new TypeError(
    `Cannot create metric: an object must have name and create(), or id and call(), or id alone, got ${
      describeValue(spec)
    }`,
  );
}

function completeMetric(spec: Metric | CustomMetric): Metric {
  if (typeof spec.create !== "function") {
    throw new TypeError(`Cannot create metric: create must be a function, got ${describeValue(spec.create)}`);
  }
  const name = checkName("create metric", spec.name);
  if ("id" in spec && Object.hasOwn(metricTable, spec.id)) return spec;
  const { id = "custom", config = {} } = spec as Partial<Metric>;
  const create = (): MetricState => checkState(name, spec.create());
  return { id, name, config, direction: spec.direction ?? null, create };
}

/** Checks what `create` of a metric of the user's own gives. */
function checkState(name: string, state: unknown): MetricState {
  const what = `Cannot use metric ${describeValue(name)}`;
  const rule = "create must return an object with reset(), update(batch) and result()";
  if (typeof state !== "object" || state === null) throw new TypeError(`${what}: ${rule}, got ${describeValue(state)}`);
  for (const part of ["reset", "update", "result"] as const) {
    const given = (state as Partial<MetricState>)[part];
    if (typeof given === "function") continue;
    throw new TypeError(`${what}: ${rule}, but ${part} is ${given === undefined ? "missing" : describeValue(given)}`);
  }
  return state as MetricState;
}

function findMetricRow(name: string, context: MetricContext): MetricRow {
  const accuracy: MetricRow = defineRow({ id: "accuracy", aliases: ["acc"], create: pickAccuracy(context) });
  return findRow("metric", name, { accuracy, ...metricTable });
}

function pickAccuracy({ lossId, predWidth, trueWidth }: MetricContext): (options?: object) => Metric {
  const build = predWidth === 1
    ? binaryAccuracy
    : trueWidth === 1 || lossId.startsWith("sparse_")
    ? sparseCategoricalAccuracy
    : categoricalAccuracy;
  return (options = {}) => build({ name: "accuracy", ...options });
}
