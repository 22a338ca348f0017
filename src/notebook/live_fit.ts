import { element } from "../drawing/markup.ts";
import type { Logs } from "../training/callback.ts";
import { formatLogs } from "../training/format_logs.ts";
import { formatPace, formatSeconds } from "../training/format_seconds.ts";
import type { History } from "../training/history.ts";
import type { Broadcast, Progress } from "../training/progress_hooks.ts";
import type { DisplayBundle } from "../drawing/display_bundle.ts";
import { historyCharts } from "./history_charts.ts";

/** A display is drawn anew at most so often, and drawing takes this share of the time at most: curves of a million epochs take a while. */
const REDRAW_MS = 250, MOST_SHARE = 0.05;
/** It is first drawn so long after the beginning: a fit that is shorter is shown when it is over. */
const FIRST_MS = 100;

/** A fit in a notebook: one display with the line of progress and the curves, drawn anew a few times a second. */
export class LiveFit implements Progress {
  readonly #history: History;
  readonly #broadcast: Broadcast;
  readonly #now: () => number;
  /** Files of notebooks keep what earlier processes showed. */
  readonly #id = `retroprop-fit-${crypto.randomUUID()}`;
  readonly #startedAt: number;
  #dueAt: number;
  #epoch = 0;
  #batches = 0;
  #line = "";
  #sending: Promise<void> | null = null;
  #isShown = false;

  /** @param history what the fit adds its epochs to */
  constructor(history: History, broadcast: Broadcast, now: () => number) {
    this.#history = history;
    this.#broadcast = broadcast;
    this.#now = now;
    this.#startedAt = now();
    this.#dueAt = this.#startedAt + FIRST_MS;
  }

  onEpochBegin(epoch: number): void {
    this.#epoch = epoch;
    this.#batches = 0;
  }

  onBatchEnd(batch: number, readLogs: () => Logs): void {
    this.#batches = batch + 1;
    if (!this.#isDue()) return;
    const { steps } = this.#history.params;
    if (this.#batches === steps) return; // the epoch's line is about to come, with what validation says
    this.#line = this.#describe(`batch ${this.#batches}${steps === null ? "" : `/${steps}`}`, readLogs());
    this.#show();
  }

  onEpochEnd(epoch: number, logs: Logs, seconds: number): void {
    this.#epoch = epoch;
    const pace = this.#batches === 0 ? "" : ` ${formatPace(seconds / this.#batches, "step")}`;
    this.#line = this.#describe(`${formatSeconds(seconds)}${pace}`, logs);
    if (this.#isDue()) this.#show();
  }

  /** Shows the last state, and waits until it is sent: what comes later would stand below another cell. */
  async onTrainEnd(): Promise<void> {
    await this.#sending;
    if (this.#line === "") return;
    this.#line += ` - ${formatSeconds((this.#now() - this.#startedAt) / 1000)} in all`;
    this.#show();
    await this.#sending;
  }

  #isDue(): boolean {
    return this.#sending === null && this.#now() >= this.#dueAt;
  }

  #describe(after: string, logs: Logs): string {
    return `Epoch ${this.#epoch + 1}/${this.#history.params.epochs} - ${after}${formatLogs(logs)}`;
  }

  #show(): void {
    const type = this.#isShown ? "update_display_data" : "display_data";
    this.#isShown = true;
    const begun = this.#now();
    const content = { data: this.#draw(), metadata: {}, transient: { display_id: this.#id } };
    const drawn = this.#now();
    this.#dueAt = drawn + Math.max(REDRAW_MS, (drawn - begun) / MOST_SHARE);
    // A front end that is gone must not end a training.
    this.#sending = Promise.resolve()
      .then(() => this.#broadcast(type, content))
      .catch(() => {})
      .then(() => void (this.#sending = null));
  }

  #draw(): DisplayBundle {
    const line = element("div", { style: "font-family:monospace" }, this.#line);
    return {
      "text/plain": this.#line,
      "text/html": element("div", {}, line, historyCharts(this.#history)).text,
    };
  }
}
