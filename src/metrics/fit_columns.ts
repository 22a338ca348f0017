/**
 * Room for what is counted for each column of predictions: what there is, where it fits, else a new array of zeros.
 *
 * @param id The metric, for the error.
 * @param counts What was counted so far.
 * @param size How many numbers the columns of the next batch need.
 * @throws {TypeError} If something was counted for another number of columns.
 */
export function fitColumns(id: string, counts: Float64Array<ArrayBuffer>, size: number): Float64Array<ArrayBuffer> {
  if (counts.length === size) return counts;
  if (counts.some((count) => count !== 0)) {
    throw new TypeError(
      `Cannot update ${id}: it counts each column, so all batches must have as many as the first one; the length of the predictions' ` +
        "last axis must not change from batch to batch",
    );
  }
  return new Float64Array(size);
}
