/**
 * The samples of a batch that needs no labels: the batch itself, or the `x` of an object, whatever else that holds.
 *
 * @param names the names of the model's inputs: an object with all of these is the samples, also where one is called `x`
 */
export function inputOf(batch: unknown, names: readonly string[] = []): unknown {
  if (typeof batch !== "object" || batch === null || !("x" in batch)) return batch;
  return names.length > 1 && names.every((name) => name in batch) ? batch : batch.x;
}
