import { checkNumber } from "../errors/check_number.ts";
import { checkString } from "../errors/check_string.ts";
import { describeValue } from "../errors/describe_value.ts";
import { nearestName } from "../errors/nearest_name.ts";
import type { FitParams, Logs } from "../training/callback.ts";
import { findDirection } from "./find_direction.ts";

/** Whether lower or higher is better, or `"auto"`: what the name of the metric says. */
export type MonitorMode = "auto" | "min" | "max";

/** What a callback watches. */
export interface MonitorOptions {
  /** The name of the number to watch, as it stands in the logs. Default `"val_loss"`. */
  monitor?: string;
  /** Whether lower or higher is better. Default `"auto"`: by the name of the metric. */
  mode?: MonitorMode;
  /** A change of no more than this is no improvement; its sign is ignored. Default 0. */
  minDelta?: number;
}

/** One number of the logs, and whether it got better: `value + minDelta < best` for min, `value − minDelta > best` for max. */
export class Monitor {
  /** The name in the logs. */
  readonly name: string;
  readonly #callback: string;
  readonly #minDelta: number;
  #mode: MonitorMode;
  #validationFreq = 1;

  /**
   * @param callback The callback that watches, for messages: `earlyStopping`.
   * @param options What to watch.
   * @throws {TypeError | RangeError} If an option is not of its type, or mode is unknown.
   */
  constructor(callback: string, options: MonitorOptions) {
    const what = `create ${callback} callback`;
    this.#callback = callback;
    this.name = checkString<string>(what, "monitor", options.monitor ?? "val_loss");
    this.#mode = checkString(what, "mode", options.mode ?? "auto", ["auto", "min", "max"] as const);
    this.#minDelta = Math.abs(checkNumber(what, "minDelta", options.minDelta ?? 0));
  }

  /** Takes note of how often validation runs. */
  setParams(params: FitParams): void {
    this.#validationFreq = params.validationFreq ?? 1;
  }

  /**
   * The number that is watched, at the end of an epoch.
   *
   * @param epoch The epoch, from 0.
   * @param logs The logs of the epoch.
   * @returns The number; null if it comes from validation, which did not run in this epoch.
   * @throws {RangeError} If there is no such name in the logs; the message lists those that are there.
   * @throws {TypeError} If the value is not a number.
   * @throws {RangeError} If mode is `"auto"` and the name does not say whether lower or higher is better.
   */
  read(epoch: number, logs: Logs): number | null {
    const isValidation = this.name.startsWith("val_");
    if (!Object.hasOwn(logs, this.name)) {
      if (isValidation && (epoch + 1) % this.#validationFreq !== 0) return null;
      throw this.#explainMissing(Object.keys(logs), isValidation);
    }
    const value = logs[this.name];
    const task = `Cannot monitor "${this.name}" in ${this.#callback}`;
    if (typeof value !== "number") throw new TypeError(`${task}: it must be a number, got ${describeValue(value)}`);
    if (this.#mode === "auto") {
      const mode = findDirection(this.name, Object.keys(logs));
      if (mode === null) {
        throw new RangeError(
          `${task}: mode must be "min" or "max" where the name is not that of a metric with a known direction, got "auto"`,
        );
      }
      this.#mode = mode;
    }
    return value;
  }

  /**
   * Whether a value is better than another by more than minDelta. Null stands for the worst there is, ∞ for min and −∞ for max: NaN and
   * the worst are no improvement, whatever was before.
   */
  isBetter(value: number, best: number | null): boolean {
    const than = best ?? (this.#mode === "max" ? -Infinity : Infinity);
    return this.#mode === "max" ? value - this.#minDelta > than : value + this.#minDelta < than;
  }

  #explainMissing(names: readonly string[], isValidation: boolean): RangeError {
    const nearest = nearestName(this.name, names);
    const noValidation = isValidation && !names.some((name) => name.startsWith("val_"));
    const hint = noValidation
      ? "; names with val_ need validationData or validationSplit in fit"
      : nearest === undefined
      ? ""
      : `; did you mean "${nearest}"?`;
    return new RangeError(
      `Cannot monitor "${this.name}" in ${this.#callback}: it must be one of the logs, which are ${
        names.join(", ")
      }${hint}`,
    );
  }
}
