import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { checkString } from "../errors/check_string.ts";
import { describeValue } from "../errors/describe_value.ts";
import type { AucCurve, AucSummation } from "./measure_area.ts";
import type { MetricOptions } from "./metric.ts";

/** Options of {@linkcode auc}. */
export interface AucOptions extends MetricOptions {
  /** At how many thresholds the curve is known, evenly spread over [0, 1]; at least 2. Default 200. */
  numThresholds?: number;
  /** `"ROC"`, `"PR"` or `"PRGAIN"`. Default `"ROC"`. */
  curve?: AucCurve;
  /** How the area between two points is measured. Default `"interpolation"`. */
  summationMethod?: AucSummation;
  /** Thresholds in [0, 1] to use instead; the two ends are added. Default null. */
  thresholds?: readonly number[] | null;
  /** Whether each column has a curve of its own, and the result is their mean. Default false: all count together. */
  multiLabel?: boolean;
  /** How many columns there are, with `multiLabel`; null takes it from the predictions. Default null. */
  numLabels?: number | null;
  /** A weight for each column, of its area with `multiLabel`, else of its values. Default null: all 1. */
  labelWeights?: readonly number[] | null;
  /** Whether predictions are logits: a sigmoid is applied first. Default false. */
  fromLogits?: boolean;
}

/** Checked {@linkcode AucOptions}. */
export type AucConfig = Required<Omit<AucOptions, "name">>;

/**
 * Checks the options of AUC and fills in defaults.
 *
 * @param what What is being done, for errors.
 * @param options What the user gave.
 * @returns The options; `thresholds` sorted.
 * @throws {RangeError} For numThresholds < 2, thresholds outside [0, 1], weights below 0, an unknown curve or method.
 */
export function checkAucOptions(what: string, options: AucOptions): AucConfig {
  const known = [
    "name",
    "numThresholds",
    "curve",
    "summationMethod",
    "thresholds",
    "multiLabel",
    "numLabels",
    "labelWeights",
    "fromLogits",
  ];
  checkOptions(what, options, known);
  const { thresholds = null, numLabels = null, labelWeights = null } = options;
  const multiLabel = checkBoolean(what, "multiLabel", options.multiLabel ?? false);
  if (thresholds !== null) checkNumbers(what, "thresholds", thresholds, { min: 0, max: 1 });
  if (labelWeights !== null) checkNumbers(what, "labelWeights", labelWeights, { min: 0 });
  if (numLabels !== null) {
    checkInteger(what, "numLabels", numLabels, { min: 1 });
    if (!multiLabel) throw new TypeError(`Cannot ${what}: numLabels needs multiLabel to be true, got false`);
  }
  return {
    numThresholds: checkInteger(what, "numThresholds", options.numThresholds ?? 200, { min: 2, max: 1_000_000 }),
    curve: checkString(what, "curve", options.curve ?? "ROC", ["ROC", "PR", "PRGAIN"]),
    summationMethod: checkString(what, "summationMethod", options.summationMethod ?? "interpolation", [
      "interpolation",
      "minoring",
      "majoring",
    ]),
    thresholds: thresholds === null ? null : [...thresholds].sort((a, b) => a - b),
    multiLabel,
    numLabels,
    labelWeights: labelWeights === null ? null : [...labelWeights],
    fromLogits: checkBoolean(what, "fromLogits", options.fromLogits ?? false),
  };
}

function checkNumbers(what: string, name: string, values: unknown, range: { min: number; max?: number }): void {
  if (!Array.isArray(values)) {
    throw new TypeError(`Cannot ${what}: ${name} must be a list of numbers, got ${describeValue(values)}`);
  }
  values.forEach((each, i) => checkNumber(what, `${name}[${i}]`, each, range));
}
