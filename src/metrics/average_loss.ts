import type { RowSum } from "../losses/gen/row_sums.ts";
import type { MeasureRow } from "./create_row_mean.ts";

/** The mean of a loss's formula over the columns of a row, times `factor`. */
export function averageLoss(sum: RowSum, factor = 1): MeasureRow {
  return (yTrue, yPred, trueStart, predStart, width) => factor * sum(yTrue, yPred, trueStart, predStart, width) / width;
}
