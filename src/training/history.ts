import { findEntry } from "../errors/find_entry.ts";
import { setEntry } from "../errors/set_entry.ts";
import type { MetricResult } from "../metrics/metric.ts";
import type { FitParams, Logs, NumberName } from "./callback.ts";

/** What `fit` returns: the numbers of every epoch. */
export class History {
  /** The epochs that were run, from 0. */
  readonly epoch: number[] = [];
  /** For `loss`, every metric and their `val_` twins: one value an epoch. */
  readonly history: Record<string, MetricResult[]> & Record<NumberName, number[]> & { loss: number[] } = { loss: [] };
  /** The settings of the fit. */
  readonly params: FitParams;

  /** Begins a history. */
  constructor(params: FitParams) {
    this.params = params;
  }

  /** Adds the numbers of one epoch. */
  add(epoch: number, logs: Logs): void {
    this.epoch.push(epoch);
    for (const [name, value] of Object.entries(logs)) {
      const values = findEntry(this.history, name);
      if (values === undefined) setEntry(this.history, name, [value]);
      else values.push(value);
    }
  }
}
