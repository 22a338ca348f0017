/**
 * Refuses options that exist but do not go with what is being done.
 *
 * @param what What is being done, as a verb phrase: `fit`.
 * @param given The options.
 * @param names Those that are refused.
 * @param why `does not go with a stream, which makes its own batches`
 * @throws {TypeError} `Cannot fit: batchSize does not go with a stream, which makes its own batches`
 */
export function refuseOptions<T extends object>(
  what: string,
  given: T,
  names: readonly (keyof T)[],
  why: string,
): void {
  const name = names.find((each) => given[each] !== undefined);
  if (name !== undefined) throw new TypeError(`Cannot ${what}: ${String(name)} ${why}`);
}
