import { setEntry } from "../errors/set_entry.ts";
import type { MetricResult } from "../metrics/metric.ts";
import type { FitParams, Logs, NumberName } from "./callback.ts";
import { formatHistory } from "./format_history.ts";
import type { EpochStatistics } from "./layer_statistics.ts";

/** What `fit` returns: the numbers of every epoch. */
export class History {
  /** The epochs that were run, from 0. */
  readonly epoch: number[] = [];
  /** For `loss`, every metric and their `val_` twins: one value an epoch. */
  readonly history: Record<string, MetricResult[]> & Record<NumberName, number[]> & { loss: number[] } = { loss: [] };
  /** The settings of the fit. */
  readonly params: FitParams;
  /** What the callback `watch` of `retroprop/explain` has measured of the layers; undefined without it. */
  declare layers?: readonly EpochStatistics[];
  /** The names of `history` and their lists, in the order in which logs have them: an epoch may take a microsecond, and most need no search. */
  readonly #names: string[] = ["loss"];
  readonly #lists: MetricResult[][] = [this.history.loss];

  /** Begins a history. */
  constructor(params: FitParams) {
    this.params = params;
  }

  /** Adds the numbers of one epoch. */
  add(epoch: number, logs: Logs): void {
    this.epoch.push(epoch);
    let next = 0;
    for (const name in logs) {
      const at = this.#names[next] === name ? next : this.#names.indexOf(name);
      if (at < 0) this.#put(name, [logs[name]]);
      else this.#lists[at].push(logs[name]);
      next++;
    }
  }

  /**
   * Goes on from the history of an earlier run.
   *
   * @ignore
   */
  restore(
    epochs: readonly number[],
    values: readonly (readonly [name: string, values: readonly MetricResult[]])[],
  ): void {
    this.epoch.length = 0;
    for (const epoch of epochs) this.epoch.push(epoch);
    for (const [name, list] of values) this.#put(name, [...list]);
  }

  #put(name: string, values: MetricResult[]): void {
    const at = this.#names.indexOf(name);
    if (at < 0) this.#names.push(name);
    this.#lists[at < 0 ? this.#lists.length : at] = values;
    setEntry(this.history, name, values);
  }

  /** The history as a small table: for every name the first and the last value, and the smallest and the largest with their epochs. */
  toString(): string {
    return formatHistory(this.epoch, this.history);
  }

  /** How `console.log` shows a history in Deno. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }

  /** How `console.log` shows a history in Node and Bun. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** How a history shows itself in a notebook: as curves. What draws them is loaded when it is needed. */
  async [Symbol.for("Jupyter.display")](): Promise<Record<string, unknown>> {
    return (await import("../../dist/notebook.js")).showHistory(this);
  }
}
