/** Keeps what arrives until somebody listens, then passes it on. */
export class Inbox<T> {
  #waiting: T[] = [];
  #handler: ((item: T) => void) | undefined;
  #isClosed = false;

  /** Passes an item to the listener, or keeps it until there is one. Nothing passes after `close`. */
  deliver(item: T): void {
    if (this.#isClosed) return;
    if (this.#handler) this.#handler(item);
    else this.#waiting.push(item);
  }

  /** Sets the listener; it gets at once what has arrived so far. A second listener replaces the first. */
  listen(handler: (item: T) => void): void {
    this.#handler = handler;
    for (const item of this.#waiting.splice(0)) this.deliver(item);
  }

  /** Drops what has not been passed on, and all that comes later. */
  close(): void {
    this.#isClosed = true;
    this.#waiting = [];
  }
}
