import type { FitParams, Logs } from "./callback.ts";
import { formatLogs } from "./format_logs.ts";
import { formatPace, formatSeconds } from "./format_seconds.ts";
import type { Progress } from "./progress_hooks.ts";
import type { ProgressSink } from "./progress_sink.ts";

/** A line is rewritten at most so often. */
const REDRAW_MS = 100;

/** An epoch that takes less than this has no line of its own. */
const QUICK_MS = 50;

/** A part of a line: its text, and how it looks. */
type Part = readonly [text: string, style: "" | "green" | "grey" | "bold"];

const STYLES = { green: "\x1b[32m", grey: "\x1b[90m", bold: "\x1b[1m" };

/**
 * A bar in a terminal, like Keras's: `Epoch 3/50`, and below it a line that is rewritten, `12/32 ━━━━━━━━━━ 0s 3ms/step - loss: 0.1234`.
 * Quick epochs share one line that is rewritten, `Epoch 812/5000 ━━━━━━━━━━ 2s 240us/epoch - loss: 0.1234`, so that thousands of
 * them do not scroll by; of every run of them the last is shown.
 */
export class BarProgress implements Progress {
  readonly #params: FitParams;
  readonly #sink: ProgressSink;
  readonly #now: () => number;
  #steps: number | null;
  #firstEpoch = -1;
  #epoch = 0;
  #batches = 0;
  #startedAt: number;
  #epochStartedAt = 0;
  #drawnAt = -Infinity;
  /** Whether the epoch has a heading and a bar of its own. */
  #isOpen = false;
  #wasSlow = false;
  /** Whether the cursor stands behind the line of a run of quick epochs. */
  #isLineOpen = false;
  /** The last quick epoch, if it is not on the screen yet. */
  #held: { readonly epoch: number; readonly logs: Logs } | null = null;

  constructor(params: FitParams, sink: ProgressSink, now: () => number) {
    this.#params = params;
    this.#sink = sink;
    this.#now = now;
    this.#steps = params.steps;
    this.#startedAt = now();
  }

  onEpochBegin(epoch: number): void {
    if (this.#firstEpoch < 0) this.#firstEpoch = epoch;
    this.#epoch = epoch;
    this.#batches = 0;
    this.#isOpen = false;
    this.#epochStartedAt = this.#now();
    if (this.#wasSlow) this.#open();
  }

  onBatchEnd(batch: number, readLogs: () => Logs): void {
    this.#batches = batch + 1;
    const now = this.#now();
    const elapsed = now - this.#epochStartedAt;
    if (!this.#isOpen && elapsed >= QUICK_MS) this.#open();
    if (!this.#isOpen || now - this.#drawnAt < REDRAW_MS) return;
    this.#drawnAt = now;
    this.#draw(this.#describeStep(elapsed / 1000, readLogs(), false));
  }

  onEpochEnd(epoch: number, logs: Logs, seconds: number): void {
    this.#wasSlow = seconds * 1000 >= QUICK_MS;
    if (this.#batches > 0) this.#steps = this.#batches;
    if (this.#isOpen || this.#wasSlow) {
      if (!this.#isOpen) this.#open();
      this.#draw(this.#describeStep(seconds, logs, true), "\n");
      this.#isOpen = false;
      this.#drawnAt = -Infinity;
      return;
    }
    this.#held = { epoch, logs };
    const now = this.#now();
    if (now - this.#drawnAt >= REDRAW_MS) this.#drawHeld(now);
  }

  onTrainEnd(): void {
    this.#closeLine();
    if (this.#isOpen) this.#sink.write("\n"); // interrupted in the middle of an epoch
    this.#isOpen = false;
  }

  /** Gives the epoch a heading and a bar of its own. */
  #open(): void {
    this.#closeLine();
    this.#sink.write(`Epoch ${this.#epoch + 1}/${this.#params.epochs}\n`);
    this.#isOpen = true;
    this.#drawnAt = -Infinity;
  }

  /** Ends the line of a run of quick epochs, with the last of them on it. */
  #closeLine(): void {
    if (this.#held !== null) this.#drawHeld(this.#now());
    if (this.#isLineOpen) this.#sink.write("\n");
    this.#isLineOpen = false;
  }

  #drawHeld(now: number): void {
    const { epoch, logs } = this.#held!;
    this.#held = null;
    this.#drawnAt = now;
    this.#isLineOpen = true;
    const { epochs } = this.#params;
    const seconds = (now - this.#startedAt) / 1000;
    const pace = formatPace(seconds / (epoch + 1 - this.#firstEpoch), "epoch");
    const place = `Epoch ${String(epoch + 1).padStart(String(epochs).length)}/${epochs} `;
    this.#draw(this.#describe([place, ""], (epoch + 1) / epochs, seconds, pace + formatLogs(logs)));
  }

  /** The line of an epoch: what is left while it runs, what it took when it is over. */
  #describeStep(seconds: number, logs: Logs, isOver: boolean): Part[] {
    const steps = this.#steps;
    const done = this.#batches;
    const pace = seconds / Math.max(1, done);
    const rest = formatPace(pace, "step") + formatLogs(logs);
    if (steps === null) return this.#describe([`${String(done).padStart(7)}/Unknown`, "bold"], null, seconds, rest);
    const place = `${String(done).padStart(String(steps).length)}/${steps} `;
    return this.#describe([place, "bold"], done / steps, isOver ? seconds : pace * Math.max(0, steps - done), rest);
  }

  /** Place, bar, time and the rest; the bar is as wide as the others leave room for, 5 to 20. */
  #describe(place: Part, share: number | null, seconds: number, rest: string): Part[] {
    const others: Part[] = [[` ${formatSeconds(seconds)}`, "bold"], [` ${rest}`, ""]];
    if (share === null) return [place, ...others];
    const room = others.reduce((left, [text]) => left - text.length, this.#sink.columns - 1 - place[0].length);
    const width = Math.max(5, Math.min(20, room));
    const done = Math.floor(width * Math.min(1, share));
    const todo = this.#hasColors ? "━" : "─";
    return [place, ["━".repeat(done), "green"], [todo.repeat(width - done), "grey"], ...others];
  }

  get #hasColors(): boolean {
    return this.#sink.hasColors ?? true;
  }

  /** Writes the parts over what is on the line, and no more than fits: a line that wraps cannot be rewritten. */
  #draw(parts: readonly Part[], end = ""): void {
    let left = Math.max(10, this.#sink.columns - 1);
    let text = "\r";
    for (const [part, style] of parts) {
      const shown = part.slice(0, left);
      left -= shown.length;
      text += style === "" || shown === "" || !this.#hasColors ? shown : `${STYLES[style]}${shown}\x1b[0m`;
    }
    this.#sink.write(`${text}\x1b[K${end}`);
  }
}
