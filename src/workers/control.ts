/** The control block of a team, in 32-bit words; asm/simd/control.ts is its other side. */
export const CONTROL = {
  /** Counts the programs that were launched. */
  generation: 0,
  /** 0, or 1 + the rank for which the run was aborted. */
  abort: 1,
  /** How many threads sleep. */
  sleepers: 2,
  /** How often a thread looks before it sleeps. */
  spins: 3,
  /** Whether rank 0 may sleep. */
  mayWait: 4,
  /** How many slices a rank may stay where it is before it counts as lost. */
  limit: 5,
  /** Not 0: workers leave. */
  stop: 6,
  /** How many ranks there are, rank 0 included. */
  ranks: 7,
} as const;

/** The record of a rank, in words from its beginning. */
export const RECORD = {
  arrived: 0,
  code: 1,
  /** The address of the next instruction. */
  progress: 2,
  served: 3,
  /** Where the worker is: one of `PRESENCE`. */
  presence: 4,
} as const;

/** What a worker says of itself in its record. */
export const PRESENCE = {
  /** It has not begun. */
  absent: 0,
  /** It is bound to the memory, and may read and write it. */
  serving: 1,
  /** It has left the memory for good, as it was told to. */
  left: 2,
  /** It has left the memory for good, since something went wrong. */
  failed: 3,
} as const;

/** The most ranks that a team can have. */
export const MAX_RANKS = 64;

/** How long a slice of sleep is, in milliseconds. */
export const SLICE_MS = 50;

/** The size of a control block in words. */
export const CONTROL_WORDS = 16 * (1 + MAX_RANKS);

/** The index of a word in a rank's record. */
export function recordWord(rank: number, word: number): number {
  return 16 * (1 + rank) + word;
}
