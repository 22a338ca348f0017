// The control block of a team: words that all ranks share, then a record of one cache line for each rank.

/** Counts the programs that were launched; workers wait for it to change. */
export const GENERATION: usize = 0;
/** 0, or 1 + the rank that the run was aborted for. */
export const ABORT: usize = 4;
/** How many threads sleep. Nobody notifies where it is 0. */
export const SLEEPERS: usize = 8;
/** How often to look before going to sleep. */
export const SPINS: usize = 12;
/** Whether rank 0 may sleep; a browser's main thread may not. */
export const MAY_WAIT: usize = 16;
/** How many slices a rank may stay where it is before it counts as lost. */
export const LIMIT: usize = 20;
/** Not 0: workers leave. */
export const STOP: usize = 24;

/** How many ranks there are. */
export const RANKS: usize = 28;

/** In a rank's record: how many barriers it has arrived at. */
export const ARRIVED: usize = 0;
/** The address of its program. */
export const CODE: usize = 4;
/** The address of the next instruction; it changes while the rank works. */
export const PROGRESS: usize = 8;
/** The generation that it has served. */
export const SERVED: usize = 12;

/** One slice of sleep: 50 ms. Waking takes time on a busy machine, so slices are long; who must look earlier is notified. */
export const SLICE_NS: i64 = 50_000_000;

/** The record of a rank. */
// @ts-ignore: decorator
@inline
export function recordOf(control: usize, rank: i32): usize {
  return control + 64 + (<usize>rank << 6);
}
