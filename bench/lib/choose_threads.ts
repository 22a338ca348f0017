/** The option of `fit` that asks for a number of threads; without a number `fit` decides. */
export function chooseThreads(threads?: number): { workers?: number } {
  return threads === undefined ? {} : { workers: threads };
}
