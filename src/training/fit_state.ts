import { isThenable } from "../errors/is_thenable.ts";
import { scheduleTable } from "../schedules/gen/table.ts";
import { isSameSchedule } from "../schedules/is_same_schedule.ts";
import { resolveSchedule } from "../schedules/resolve_schedule.ts";
import type { Schedule } from "../schedules/schedule.ts";
import type { StateValue } from "../tensor/state_value.ts";
import type { SignalRace } from "../data/signal_race.ts";
import { callCallbacks } from "./call_callbacks.ts";
import type { Callback, Logs, RunningFit, TrainedModel } from "./callback.ts";
import type { History } from "./history.ts";
import type { Trainer } from "./trainer.ts";

/** The parts of a fit that a backup keeps. */
export interface FitParts {
  readonly model: TrainedModel;
  readonly trainer: Trainer;
  readonly callbacks: readonly Callback[];
  readonly history: History;
  readonly race: SignalRace;
}

/** A state whose parts are there. */
interface Restored {
  readonly callbacks: readonly { readonly name: string; readonly state: StateValue }[];
  readonly rate: StateValue;
  readonly counts: StateValue;
}

/** What a running fit knows besides its model, and how it goes on from a backup as if it had not stopped. */
export class FitState implements RunningFit {
  /** The logs of the last epoch that is over. */
  logs: Logs = {};
  readonly #parts: FitParts;
  /** The learning rate that the running epoch began with, before any callback. */
  #rate: number | Schedule | null = null;
  #restored: Restored | null = null;

  constructor(parts: FitParts) {
    this.#parts = parts;
  }

  /** Whether the fit goes on from a backup. */
  get isRestored(): boolean {
    return this.#restored !== null;
  }

  async getState(batch: number): Promise<StateValue> {
    const { model, trainer, history, race } = this.#parts;
    const callbacks: StateValue[] = [];
    for (const callback of this.#parts.callbacks) {
      const given = callback.getState?.();
      if (given === undefined) continue;
      callbacks.push({ name: nameOf(callback), state: isThenable(given) ? await race.wait(given) : given });
    }
    const rate = this.#rate ?? model.learningRate;
    return {
      callbacks,
      history: { epoch: [...history.epoch], values: listValues(history.history) },
      logs: listValues(this.logs),
      stopTraining: model.stopTraining,
      rate: batch === 0 ? null : typeof rate === "number" ? rate : { id: rate.id, config: rate.config },
      counts: batch === 0 ? null : trainer.counts.getState(),
    };
  }

  setState(state: StateValue): void {
    const { callbacks, history, logs, stopTraining, rate, counts } = object(state, "state");
    const { epoch, values } = object(history, "history");
    this.#restored = {
      callbacks: list(callbacks, "callbacks").map((entry) => {
        const { name, state } = object(entry, "callbacks");
        return { name: String(name), state };
      }),
      rate,
      counts,
    };
    const { model } = this.#parts;
    this.#parts.history.restore(list(epoch, "history.epoch") as number[], readValues(values, "history") as never);
    this.logs = Object.fromEntries(readValues(logs, "logs")) as Logs;
    model.stopTraining = stopTraining === true;
  }

  /** Gives the callbacks what they had counted; to be called after `onTrainBegin`. */
  async restoreCallbacks(): Promise<void> {
    if (this.#restored === null) return;
    const left = [...this.#restored.callbacks];
    await callCallbacks(this.#parts.callbacks, this.#parts.race, (callback) => {
      if (callback.getState === undefined) return;
      const at = left.findIndex(({ name }) => name === nameOf(callback));
      if (at < 0) return; // it was not there when the backup was made: it begins anew
      return callback.setState?.(left.splice(at, 1)[0].state);
    });
  }

  /**
   * Begins an epoch: `begin` calls the callbacks. In a run that goes on within the epoch they are called with the learning rate that the
   * epoch began with, and after that all is again as it was when the backup was made: what they do is not done twice.
   */
  async beginEpoch(firstBatch: number, begin: () => Promise<void>): Promise<void> {
    const { model, trainer } = this.#parts;
    const restored = firstBatch > 0 ? this.#restored : null;
    if (restored === null) {
      this.#rate = model.learningRate;
      await begin();
      trainer.counts.reset();
      return;
    }
    const { stopTraining, learningRate } = model;
    const bytes = model.toBytes();
    this.#rate = readRate(restored.rate, learningRate);
    model.learningRate = this.#rate;
    await begin();
    model.restore(bytes);
    Object.assign(model, { stopTraining, learningRate });
    await this.restoreCallbacks();
    trainer.counts.reset();
    if (restored.counts !== null) trainer.counts.setState(restored.counts);
  }
}

function nameOf({ name }: Callback): string {
  return typeof name === "string" ? name : "";
}

/** Foreign names stand in lists, never as keys. */
function listValues(values: object): StateValue[] {
  return Object.entries(values).map(([name, value]) => [name, plain(value)]);
}

/** Callbacks may log anything: what is no plain data is kept as JSON has it, or not at all. */
function plain(value: unknown): StateValue {
  if (value === null || ["number", "string", "boolean"].includes(typeof value)) return value as StateValue;
  if (value instanceof Float32Array || value instanceof Float64Array) return value;
  if (Array.isArray(value)) return value.map(plain);
  try {
    return JSON.parse(JSON.stringify(value) ?? "null");
  } catch {
    return null;
  }
}

function readValues(value: StateValue, what: string): [string, StateValue][] {
  return list(value, what).map((pair) => {
    const [name, values] = list(pair, what);
    return [String(name), values];
  });
}

/** The rate of a backup: a schedule is the model's own where it is the same one. */
function readRate(rate: StateValue, now: number | Schedule): number | Schedule {
  if (typeof rate === "number") return rate;
  const { id, config } = object(rate, "rate");
  const saved = { id: String(id), config: config as Schedule["config"] };
  // One of the user's own cannot be made from its id: with other options than before, it is the one that is there.
  const isOwn = typeof now !== "number" && now.id === id && !Object.hasOwn(scheduleTable, saved.id);
  return isOwn || isSameSchedule(now, saved) ? now : resolveSchedule(saved);
}

function object(value: StateValue, what: string): { readonly [key: string]: StateValue } {
  if (typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)) {
    return value as { readonly [key: string]: StateValue };
  }
  throw new TypeError(`Cannot go on with a fit: ${what} must be an object of its kept state`);
}

function list(value: StateValue, what: string): readonly StateValue[] {
  if (Array.isArray(value)) return value;
  throw new TypeError(`Cannot go on with a fit: ${what} must be a list of its kept state`);
}
