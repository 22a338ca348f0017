import { checkInteger } from "../errors/check_integer.ts";
import { checkOptions } from "../errors/check_options.ts";
import { checkString } from "../errors/check_string.ts";
import { defineRow } from "../tables/define_row.ts";
import { buildMetric } from "./build_metric.ts";
import { checkWidths } from "./check_widths.ts";
import { fitColumns } from "./fit_columns.ts";
import type { Metric, MetricBatch, MetricOptions, MetricState } from "./metric.ts";
import type { MetricRow } from "./metric_row.ts";
import { readSums } from "./read_sums.ts";
import type { StateValue } from "../tensor/state_value.ts";

/** How the scores of several columns become one. */
export type R2Aggregation = "uniform_average" | "variance_weighted_average";

/** Options of {@linkcode r2Score}. */
export interface R2Options extends MetricOptions {
  /**
   * `"uniform_average"` takes the mean over columns, `"variance_weighted_average"` weights it by the variance of the
   * labels, null gives one score a column. Default `"uniform_average"`.
   */
  classAggregation?: R2Aggregation | null;
  /** How many inputs the model has, for the adjusted score; 0 for the plain one. Default 0. */
  numRegressors?: number;
}

/**
 * The coefficient of determination, 1 − Σ(yTrue − yPred)² / Σ(yTrue − mean)² for each column: 1 is perfect, 0 is as good
 * as the mean. A column whose labels are all equal scores 1 if predictions are exact, else 0. Adjusted for p regressors and
 * n rows of weight other than 0: 1 − (1 − R²)(n − 1) / (n − p − 1); left plain if n <= p + 1.
 * `yTrue [rows, width], yPred [rows, width]`. Higher is better. Source: Keras 3 `R2Score`, constant columns as scikit-learn.
 *
 * @param options `classAggregation` (`"uniform_average"`), `numRegressors` (0), `name` (`"r2_score"`).
 * @returns The metric; its result is a list with `classAggregation: null` and more than one column.
 */
export function r2Score(options: R2Options = {}): Metric {
  const id = "r2_score";
  const what = `create ${id} metric`;
  checkOptions(what, options, ["name", "classAggregation", "numRegressors"]);
  const { classAggregation = "uniform_average" } = options;
  if (classAggregation !== null) {
    checkString(what, "classAggregation", classAggregation, ["uniform_average", "variance_weighted_average"]);
  }
  const numRegressors = checkInteger(what, "numRegressors", options.numRegressors ?? 0, { min: 0 });
  const config = { name: options.name ?? id, classAggregation, numRegressors };
  return buildMetric(id, "max", config, () => createState(classAggregation, numRegressors));
}

function createState(aggregation: R2Aggregation | null, numRegressors: number): MetricState {
  // For each column: a shift (its first label), Σ w·(y − shift), Σ w·(y − shift)², Σ w·error². The shift keeps the
  // difference of the two sums exact where labels are far from 0.
  let sums = new Float64Array(0);
  const rowsSeen = new Float64Array(2); // rows of weight other than 0, Σ w
  return {
    reset(): void {
      sums.fill(0);
      rowsSeen.fill(0);
    },
    update(batch: MetricBatch): void {
      checkWidths("r2_score", batch, "same");
      const { yTrue, yPred, rows, predWidth, sampleWeight } = batch;
      sums = fitColumns("r2_score", sums, 4 * predWidth);
      for (let row = 0; row < rows; row++) {
        const weight = sampleWeight === null ? 1 : sampleWeight[row];
        if (weight === 0) continue;
        const start = row * predWidth;
        for (let column = 0, at = 0; column < predWidth; column++, at += 4) {
          const label = yTrue[start + column];
          if (rowsSeen[0] === 0) sums[at] = label;
          const shifted = label - sums[at];
          const error = label - yPred[start + column];
          sums[at + 1] += weight * shifted;
          sums[at + 2] += weight * shifted * shifted;
          sums[at + 3] += weight * error * error;
        }
        rowsSeen[0]++;
        rowsSeen[1] += weight;
      }
    },
    result(): number | number[] {
      if (rowsSeen[1] === 0) return 0;
      const scores: number[] = [];
      let [sum, weightedSum, variance] = [0, 0, 0];
      for (let at = 0; at < sums.length; at += 4) {
        const total = Math.max(sums[at + 2] - sums[at + 1] * sums[at + 1] / rowsSeen[1], 0);
        const score = total === 0 ? (sums[at + 3] === 0 ? 1 : 0) : 1 - sums[at + 3] / total;
        scores.push(score);
        sum += score;
        weightedSum += total * score;
        variance += total;
      }
      const adjust = (score: number): number => {
        const freedom = rowsSeen[0] - numRegressors - 1;
        return numRegressors === 0 || freedom <= 0 ? score : 1 - (1 - score) * (rowsSeen[0] - 1) / freedom;
      };
      if (aggregation === null) return scores.length === 1 ? adjust(scores[0]) : scores.map(adjust);
      const weighted = aggregation === "variance_weighted_average" && variance > 0;
      return adjust(weighted ? weightedSum / variance : sum / scores.length);
    },
    getState: () => [sums.slice(), rowsSeen.slice()],
    setState(state: StateValue): void {
      const lists = Array.isArray(state) ? state : [];
      const seen = readSums("r2_score", lists[1], (length) => length === 2);
      sums = readSums("r2_score", lists[0], (length) => length % 4 === 0);
      rowsSeen.set(seen);
    },
  };
}

/** Its row of the table. */
export const r2ScoreRow: MetricRow = defineRow({ id: "r2_score", create: r2Score });
