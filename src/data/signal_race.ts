/**
 * Waits for the promises of others, but no longer than until a signal aborts: what is waited for may never settle.
 *
 * One listener serves all waits, and none of them leaves anything behind.
 */
export class SignalRace {
  /** The signal; null: nothing ends a wait. */
  readonly signal: AbortSignal | null;
  readonly #waits: Set<(reason: unknown) => void> = new Set();
  readonly #end = (): void => {
    for (const reject of this.#waits) reject(this.signal?.reason);
    this.#waits.clear();
  };

  /** Begins to listen to the signal. */
  constructor(signal: AbortSignal | null) {
    this.signal = signal;
    signal?.addEventListener("abort", this.#end);
  }

  /**
   * What a promise, or another thenable, resolves to.
   *
   * @throws the signal's reason as soon as it aborts; what becomes of the promise then is nobody's concern
   */
  wait<T>(value: PromiseLike<T>): Promise<T> {
    const { signal } = this;
    if (signal === null) return Promise.resolve(value);
    return new Promise((resolve, reject) => {
      if (signal.aborted) reject(signal.reason);
      else this.#waits.add(reject);
      const settle = (): boolean => this.#waits.delete(reject);
      Promise.resolve(value).then((result) => (settle(), resolve(result)), (error) => (settle(), reject(error)));
    });
  }

  /** Listens no longer. */
  close(): void {
    this.signal?.removeEventListener("abort", this.#end);
  }
}
