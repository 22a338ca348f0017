/** A worker of this runtime, whatever it calls its workers. */
export interface StartedWorker {
  /**
   * Sends a message; it arrives even if the worker is still starting.
   *
   * @throws DataCloneError if the message cannot be cloned
   */
  post(message: unknown, transfer?: readonly Transferable[]): void;
  /** Sets who gets the worker's messages, those included that came before. */
  onMessage(handler: (message: unknown) => void): void;
  /**
   * Sets who gets the worker's errors: what it did not catch, and in Deno, Node and Bun also that it ended unasked.
   *
   * A browser reports neither `self.close()` nor an unhandled rejection, so watch a heartbeat and catch in the worker what can be caught.
   */
  onError(handler: (error: Error) => void): void;
  /**
   * Ends the worker; nothing is heard of it any more.
   *
   * First bring it out of its loops, through a word of shared memory: in Deno a thread inside wasm or `Atomics.wait` runs on for as long as
   * the process lives, and in Bun a thread that is busy inside wasm then keeps the process from ending.
   */
  terminate(): void;
  /** Lets the process end although the worker lives, whatever it is doing. Nothing to do in a browser. */
  unref(): void;
  /** Takes `unref` back: as long as the worker lives, so does the process. This is how a worker starts. */
  ref(): void;
}
