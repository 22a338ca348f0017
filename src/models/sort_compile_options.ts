import { checkNumber } from "../errors/check_number.ts";
import { describeValue } from "../errors/describe_value.ts";
import { sortByPort } from "../data/sort_by_port.ts";
import type { LossSpec } from "../losses/resolve_loss.ts";
import type { MetricSpec } from "../metrics/resolve_metric.ts";
import type { CompileOptions } from "./options.ts";

/** What `compile` was given for one output. */
export interface OutputOptions {
  /** null: the output is not trained. */
  readonly loss: LossSpec | null;
  readonly lossWeight: number;
  readonly metrics: readonly (MetricSpec | string)[];
  readonly weightedMetrics: readonly (MetricSpec | string)[];
}

/**
 * What `compile` was given for each output: of a loss for all, a list, or a record by name.
 *
 * @throws {TypeError} If a list has another length, an output without a loss has something else, or no output has one
 * @throws {RangeError} For the name of an output that is not there
 */
export function sortCompileOptions(options: CompileOptions, names: readonly string[]): readonly OutputOptions[] {
  const losses = sortLosses(options.loss, names);
  const weights = sortWeights(options.lossWeights, names);
  const metrics = sortMetrics("metrics", options.metrics, names);
  const weightedMetrics = sortMetrics("weightedMetrics", options.weightedMetrics, names);
  if (losses.every((loss) => loss === null)) {
    throw new TypeError(
      `Cannot compile model: loss is missing; at least one output must have one (${names.join(", ")})`,
    );
  }
  return names.map((name, i) => {
    if (losses[i] === null) {
      const given = Object.entries({
        lossWeights: typeof options.lossWeights !== "number" && weights[i] !== null,
        metrics: metrics[i].length > 0,
        weightedMetrics: weightedMetrics[i].length > 0,
      }).find(([, isGiven]) => isGiven);
      if (given !== undefined) {
        throw new TypeError(
          `Cannot compile model: output "${name}" has ${
            given[0]
          }, so it must have a loss; give it one, with lossWeights 0 if it ` +
            "is not to be trained",
        );
      }
    }
    const lossWeight = weights[i] ?? 1;
    return { loss: losses[i], lossWeight, metrics: metrics[i], weightedMetrics: weightedMetrics[i] };
  });
}

function sortLosses(given: unknown, names: readonly string[]): readonly (LossSpec | null)[] {
  const sorted = sort("loss", given, names, isLoss(given, names));
  return sorted?.map((loss) => (loss ?? null) as LossSpec | null) ?? names.map(() => given as LossSpec);
}

function sortWeights(given: unknown, names: readonly string[]): readonly (number | null)[] {
  const check = (weight: unknown, name: string): number | null =>
    weight === undefined || weight === null ? null : checkNumber("compile model", name, weight);
  const sorted = sort("lossWeights", given, names, false);
  return sorted?.map((weight, i) => check(weight, `lossWeights.${names[i]}`)) ??
    names.map(() => check(given, "lossWeights"));
}

type Metrics = readonly (MetricSpec | string)[];

function sortMetrics(
  name: "metrics" | "weightedMetrics",
  given: unknown,
  names: readonly string[],
): readonly Metrics[] {
  if (given === undefined) return names.map(() => []);
  const isFlat = names.length === 1 && Array.isArray(given) && !(given.length === 1 && Array.isArray(given[0]));
  if (isFlat) return [given];
  const sorted = sort(name, given, names, isMetric(given, names));
  if (sorted === null) {
    const hint = typeof given === "string" && names.length === 1 ? `; write ["${given}"]` : "";
    const rule = names.length === 1 ? "an array" : `an object by the names of the outputs (${names.join(", ")})`;
    throw new TypeError(`Cannot compile model: ${name} must be ${rule}, got ${describeValue(given)}${hint}`);
  }
  return sorted.map((metrics) => (Array.isArray(metrics) ? metrics : [metrics ?? []].flat()) as Metrics);
}

/** What a list or a record says of each output; null for what is neither. */
function sort(name: string, given: unknown, names: readonly string[], isOne: boolean): readonly unknown[] | null {
  if (isOne || typeof given !== "object" || given === null) return null;
  if (!Array.isArray(given)) {
    return sortByPort(`use ${name}`, given as Readonly<Record<string, unknown>>, names, "output");
  }
  if (given.length === names.length) return given;
  throw new TypeError(
    `Cannot compile model: ${name}, where it is a list, must have an entry for each of ${names.length} ` +
      `${names.length === 1 ? "output" : "outputs"} (${names.join(", ")}), got ${describeValue(given)}`,
  );
}

/** Whether it is a loss, and no record by the names of outputs. */
function isLoss(given: unknown, names: readonly string[]): boolean {
  return isNamed(given, names, "call");
}

function isMetric(given: unknown, names: readonly string[]): boolean {
  return isNamed(given, names, "create");
}

/** Whether an object is something with an id, or a function of that name, rather than a record by the names of outputs. */
function isNamed(given: unknown, names: readonly string[], method: string): boolean {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return false;
  const isRecord = Object.keys(given).length > 0 && Object.keys(given).every((key) => names.includes(key));
  return !isRecord && ("id" in given || method in given);
}
