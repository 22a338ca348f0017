import { yieldToEventLoop } from "./yield_to_event_loop.ts";

/** A turn at the thread: says when it is over. It counts steps so that the clock is read rarely when steps are short. */
export class Turn {
  readonly #ms: number;
  #until: number;
  #left = 1;
  #stride = 1;

  /** @param ms How long a turn is. */
  constructor(ms: number) {
    this.#ms = ms;
    this.#until = performance.now() + ms;
  }

  /** True when it is time to let the event loop run; to be asked after every step. */
  get over(): boolean {
    if (--this.#left > 0) return false;
    const now = performance.now();
    const over = now >= this.#until;
    // Read the clock about 8 times a turn.
    if (over) this.#stride = Math.max(1, this.#stride >> 1);
    else if (this.#until - now > this.#ms * 0.8) this.#stride = Math.min(this.#stride * 2, 4096);
    this.#left = this.#stride;
    return over;
  }

  /** Begins a new turn. */
  begin(): void {
    this.#until = performance.now() + this.#ms;
    this.#left = 1;
  }

  /** Lets the event loop run, then begins a new turn. */
  async rest(): Promise<void> {
    await yieldToEventLoop();
    this.begin();
  }
}
