/** The samples of a batch that needs no labels: the batch itself, or the `x` of an object, whatever else that holds. */
export function inputOf(batch: unknown): unknown {
  return typeof batch === "object" && batch !== null && "x" in batch ? batch.x : batch;
}
