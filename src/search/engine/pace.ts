/** The least work, in seconds, that says how long the rest takes. */
const ENOUGH_SECONDS = 0.02;

/** How fast a search goes, on one thread. */
export class Pace {
  /** Epochs trained here. */
  epochs = 0;
  /** Seconds that these and others took; for epochs of tasks that are not at their end, they are counted later. */
  seconds = 0;
  /** Seconds that an epoch takes by the steps of the calling thread, before tasks at their end say so; null: none was taken. */
  guess: number | null = null;

  /** Seconds that an epoch takes. */
  get secondsAnEpoch(): number {
    return this.seconds > ENOUGH_SECONDS ? this.seconds / Math.max(1, this.epochs) : this.guess ?? 0;
  }
}
