import { formatSeconds } from "../training/format_seconds.ts";
import { openProgressSink, type ProgressSink } from "../training/progress_sink.ts";

/** What takes less has no bar. */
const PATIENCE_MS = 1000;
/** The line is rewritten at most so often. */
const REDRAW_MS = 100;
const WIDTH = 20;

/** A bar in a terminal for images that are read longer than a second: `Reading images 512/1000 ━━━━━━━━━━──────── 3s`. */
export class ReadingProgress {
  readonly #total: number;
  readonly #sink: ProgressSink;
  readonly #now: () => number;
  readonly #startedAt: number;
  #drawnAt = -Infinity;

  constructor(total: number, sink: ProgressSink = openProgressSink(), now: () => number = () => performance.now()) {
    this.#total = total;
    this.#sink = sink;
    this.#now = now;
    this.#startedAt = now();
  }

  /** So many have been read. */
  update(done: number): void {
    if (!this.#sink.isTerminal) return;
    const now = this.#now();
    const elapsed = now - this.#startedAt;
    const isOver = done === this.#total;
    if (elapsed < PATIENCE_MS || now - this.#drawnAt < REDRAW_MS && !(isOver && this.#drawnAt > -Infinity)) return;
    this.#drawnAt = now;
    const left = isOver ? elapsed : elapsed / done * (this.#total - done);
    const filled = Math.floor(WIDTH * done / this.#total);
    const bar = "━".repeat(filled) + "─".repeat(WIDTH - filled);
    const line = `Reading images ${done}/${this.#total} ${bar} ${formatSeconds(left / 1000)}`;
    this.#sink.write(`\r${line.slice(0, Math.max(10, this.#sink.columns - 1))}\x1b[K${isOver ? "\n" : ""}`);
  }
}
