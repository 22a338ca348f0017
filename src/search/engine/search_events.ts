/** What a search tells while it runs. */
export interface SearchEvents {
  /** Stops a task, wherever it is. */
  stop(serial: number): void;
  /** Frees what threads keep of a plan. */
  forget(plan: number): void;
  /** Something has changed. */
  change(): void;
}
