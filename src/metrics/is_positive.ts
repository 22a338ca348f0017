/**
 * Whether a label marks a column: it is not 0 there or, where labels are class indices, it is the column's index.
 *
 * @param yTrue The labels.
 * @param row The row.
 * @param column The column.
 * @param trueWidth Values in a row of labels.
 * @param predWidth Values in a row of predictions.
 * @returns True if the column is labelled.
 */
export function isPositive(
  yTrue: Float32Array,
  row: number,
  column: number,
  trueWidth: number,
  predWidth: number,
): boolean {
  return trueWidth === predWidth ? yTrue[row * trueWidth + column] !== 0 : yTrue[row] === column;
}
