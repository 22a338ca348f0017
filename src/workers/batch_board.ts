/**
 * The board of a queue of batches, in 32-bit words of the model's memory: how many batches are filled and how many of them taken, then a
 * cache line for each slot that holds one. A thread that takes a batch runs it alone, so threads never meet.
 */
export const BOARD = {
  /** How many batches have been filled since the queue was opened; threads without work wait for it to change. */
  filled: 0,
  /** How many of these have been taken. */
  taken: 16,
  /** Not 0: there will be no more. */
  end: 32,
} as const;

/** The size of a board in words. */
export function boardWords(slots: number): number {
  return 48 + 16 * slots;
}

/** The word of a slot that says which batch has been done in it last, as the number of batches up to it. */
export function doneWord(slot: number): number {
  return 48 + 16 * slot;
}

/** The word of a slot that says which rank has taken the batch in it. */
export function holderWord(slot: number): number {
  return 49 + 16 * slot;
}

/** Takes the next batch that is filled, or says −1. */
export function takeBatch(board: Int32Array): number {
  for (;;) {
    const taken = Atomics.load(board, BOARD.taken);
    if (taken >= Atomics.load(board, BOARD.filled)) return -1;
    if (Atomics.compareExchange(board, BOARD.taken, taken, taken + 1) === taken) return taken;
  }
}
