import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import type { MetricOptions } from "./metric.ts";

/** Options of {@linkcode precision} and {@linkcode recall}. */
export interface CountOptions extends MetricOptions {
  /**
   * Predictions above it are positive: a number in [0, 1], or several, for one result each.
   * Default 0.5, or none where `topK` is given.
   */
  thresholds?: number | readonly number[] | null;
  /** Only the k largest predictions of a row can be positive; of equal ones the first. Default: all can. */
  topK?: number | null;
  /** Look at this class alone. Default: all. */
  classId?: number | null;
}

/** Checked {@linkcode CountOptions}. */
export interface CountConfig {
  /** As given, or null. */
  readonly thresholds: number | readonly number[] | null;
  /** As given, or null. */
  readonly topK: number | null;
  /** As given, or null. */
  readonly classId: number | null;
}

/**
 * Checks the options of precision and recall.
 *
 * @param what What is being done, for errors.
 * @param options What the user gave.
 * @returns The options with defaults filled in.
 * @throws {RangeError} For thresholds outside [0, 1], topK < 1, classId < 0.
 */
export function checkCountOptions(what: string, options: CountOptions): CountConfig {
  checkOptions(what, options, ["name", "thresholds", "topK", "classId"]);
  const { thresholds = null, topK = null, classId = null } = options;
  if (Array.isArray(thresholds)) {
    if (thresholds.length === 0) {
      throw new RangeError(`Cannot ${what}: thresholds must be a number or a list of numbers, got an empty list`);
    }
    thresholds.forEach((each, i) => checkNumber(what, `thresholds[${i}]`, each, { min: 0, max: 1 }));
  } else if (thresholds !== null) checkNumber(what, "thresholds", thresholds, { min: 0, max: 1 });
  if (topK !== null) checkInteger(what, "topK", topK, { min: 1 });
  if (classId !== null) checkInteger(what, "classId", classId, { min: 0 });
  return { thresholds: Array.isArray(thresholds) ? [...thresholds] : thresholds, topK, classId };
}
