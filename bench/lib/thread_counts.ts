/** How many threads `fit` is asked to use. */
export type Threads = number | "auto";

/** What the benchmarks of steps are run with: one thread, two where there are two cores, and what `fit` chooses. */
export const THREAD_COUNTS: readonly Threads[] = navigator.hardwareConcurrency < 2 ? [1, "auto"] : [1, 2, "auto"];
