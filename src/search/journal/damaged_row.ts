/** A row of a journal does not hold what was written: a bit was flipped, or somebody else changed it. */
export class DamagedRow extends Error {
  /** @param what The row, as a message names it: `the row of trial 3`. */
  constructor(what: string) {
    super(`malformed: ${what} is not what was written`);
  }
}
