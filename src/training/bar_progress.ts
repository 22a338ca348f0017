import type { FitParams, Logs } from "./callback.ts";
import { listLogs } from "./format_logs.ts";
import { formatPace, formatSeconds } from "./format_seconds.ts";
import type { Progress } from "./progress_hooks.ts";
import type { ProgressSink } from "./progress_sink.ts";

/** A line is rewritten at most so often. */
const REDRAW_MS = 100;

/** An epoch that takes less than this has no line of its own. */
const QUICK_MS = 50;

/** A part of a line: its text, and how it looks. */
type Part = readonly [text: string, style: "" | "green" | "grey" | "bold"];

/** What is shown of an epoch. */
interface Line {
  /** Where it is: `12/32 `. */
  readonly place: Part;
  /** How much of it is done; null if nobody knows. */
  readonly share: number | null;
  readonly seconds: number;
  readonly pace: string;
  readonly logs: Logs;
}

/** A bar is so wide at least, or is left out. */
const LEAST_BAR = 5;
/** What lines begin with that go on with another. */
const INDENT = "  ";

const STYLES = { green: "\x1b[32m", grey: "\x1b[90m", bold: "\x1b[1m" };

/**
 * A bar in a terminal, like Keras's: `Epoch 3/50`, and below it a line that is rewritten, `12/32 ━━━━━━━━━━ 0s 3ms/step - loss: 0.1234`.
 * Quick epochs share one line that is rewritten, `Epoch 812/5000 ━━━━━━━━━━ 2s 240us/epoch - loss: 0.1234`, so that thousands of
 * them do not scroll by; of every run of them the last is shown.
 *
 * A line that will be rewritten is cut at the end of the terminal's, as one that wraps cannot be rewritten. The line of an epoch that is over
 * is whole: where there is no room it goes without its bar, and then on in the next line.
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
  /** The last quick epoch, if it is not on the screen yet, or not all of it. */
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
    this.#draw(this.#describeStep(elapsed / 1000, readLogs(), false), false);
  }

  onEpochEnd(epoch: number, logs: Logs, seconds: number): void {
    this.#wasSlow = seconds * 1000 >= QUICK_MS;
    if (this.#batches > 0) this.#steps = this.#batches;
    if (this.#isOpen || this.#wasSlow) {
      if (!this.#isOpen) this.#open();
      this.#draw(this.#describeStep(seconds, logs, true), true);
      this.#sink.write("\n");
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
    if (this.#held !== null) this.#drawHeld(this.#now(), true);
    if (this.#isLineOpen) this.#sink.write("\n");
    this.#isLineOpen = false;
  }

  #drawHeld(now: number, isLast = false): void {
    const { epoch, logs } = this.#held!;
    this.#drawnAt = now;
    this.#isLineOpen = true;
    const { epochs } = this.#params;
    const seconds = (now - this.#startedAt) / 1000;
    const pace = formatPace(seconds / (epoch + 1 - this.#firstEpoch), "epoch");
    const place = `Epoch ${String(epoch + 1).padStart(String(epochs).length)}/${epochs} `;
    const isWhole = this.#draw({ place: [place, ""], share: (epoch + 1) / epochs, seconds, pace, logs }, isLast);
    if (isWhole) this.#held = null;
  }

  /** The line of an epoch: what is left while it runs, what it took when it is over. */
  #describeStep(seconds: number, logs: Logs, isOver: boolean): Line {
    const steps = this.#steps;
    const done = this.#batches;
    const each = seconds / Math.max(1, done);
    const pace = formatPace(each, "step");
    if (steps === null) {
      return { place: [`${String(done).padStart(7)}/Unknown`, "bold"], share: null, seconds, pace, logs };
    }
    const place = `${String(done).padStart(String(steps).length)}/${steps} `;
    const left = isOver ? seconds : each * Math.max(0, steps - done);
    return { place: [place, "bold"], share: done / steps, seconds: left, pace, logs };
  }

  get #hasColors(): boolean {
    return this.#sink.hasColors ?? true;
  }

  /**
   * Writes a line over what is there: whole if it is the last time, in several lines if need be, else what fits.
   *
   * @returns whether all of it was written
   */
  #draw(line: Line, isLast: boolean): boolean {
    const most = Math.max(10, this.#sink.columns - 1);
    const time = ` ${formatSeconds(line.seconds)}`;
    const items = [` ${line.pace}`, ...listLogs(line.logs).map((item) => ` - ${item}`)];
    const room = [time, ...items].reduce((left, text) => left - text.length, most - line.place[0].length);
    // The last time, all is to be read: rather without a bar than in several lines.
    const hasBar = line.share !== null && (room >= LEAST_BAR || !isLast);
    const isWhole = room >= (hasBar ? LEAST_BAR : 0);
    const bar = hasBar ? this.#drawBar(line.share!, Math.max(LEAST_BAR, Math.min(20, room))) : [];
    const [place, style] = line.place;
    const head: Part[] = [[hasBar ? place : place.trimEnd(), style], ...bar, [time, "bold"]];
    const lines = isLast ? wrap(head, items, most) : [[...head, [items.join(""), ""] as Part]];
    this.#sink.write(lines.map((parts) => this.#paint(parts, most)).join("\n"));
    return isWhole || isLast;
  }

  #drawBar(share: number, width: number): Part[] {
    const done = Math.floor(width * Math.min(1, share));
    const todo = this.#hasColors ? "━" : "─";
    return [["━".repeat(done), "green"], [todo.repeat(width - done), "grey"]];
  }

  /** The parts as they are written over a line, no more than fits. */
  #paint(parts: readonly Part[], most: number): string {
    let left = most;
    let text = "\r";
    for (const [part, style] of parts) {
      const shown = part.slice(0, left);
      left -= shown.length;
      text += style === "" || shown === "" || !this.#hasColors ? shown : `${STYLES[style]}${shown}\x1b[0m`;
    }
    return `${text}\x1b[K`;
  }
}

/** Puts the items behind the head, in as many lines as they need. One that is longer than a line is broken. */
function wrap(head: readonly Part[], items: readonly string[], most: number): Part[][] {
  const lines: Part[][] = [[...head]];
  let length = head.reduce((sum, [text]) => sum + text.length, 0);
  for (const item of items) {
    let rest = item;
    if (length + rest.length > most && length > INDENT.length) {
      lines.push([]);
      rest = INDENT + rest.trimStart();
      length = 0;
    }
    while (rest.length > most - length) {
      lines[lines.length - 1].push([rest.slice(0, most - length), ""]);
      rest = INDENT + rest.slice(most - length);
      lines.push([]);
      length = 0;
    }
    lines[lines.length - 1].push([rest, ""]);
    length += rest.length;
  }
  return lines;
}
