import { describeValue } from "../../errors/describe_value.ts";
import type { EpochStatistics } from "../../training/layer_statistics.ts";

/** What `fit` gives, as far as it is read: the numbers of every epoch. */
export interface HistoryLike {
  /** Loss and metrics, by name. */
  readonly history: Readonly<Record<string, readonly unknown[]>>;
  /** How many steps an epoch had. */
  readonly params?: { readonly steps?: number | null };
  /** What `watch` saw of the layers, where it was there. */
  readonly layers?: readonly EpochStatistics[];
}

/** What `watch` gives, as far as it is read. */
export interface WatchLike {
  /** The layers before the first step. */
  readonly start: EpochStatistics | null;
  /** The layers after the epochs that were looked at. */
  readonly epochs: readonly EpochStatistics[];
}

/** A fit that failed: what it threw. */
export interface FailedFit {
  /** The epoch in which it failed, from 0. */
  readonly epoch: number;
  /** The layer whose output is the first value that is not finite; null where nobody knows. */
  readonly layer: string | null;
  /** The epochs before. */
  readonly history?: HistoryLike;
}

/** What is known of how a training went. */
export interface Progress {
  readonly losses: readonly number[];
  readonly validation: readonly number[];
  /** Steps in an epoch; null where nobody knows. */
  readonly steps: number | null;
  readonly start: EpochStatistics | null;
  readonly epochs: readonly EpochStatistics[];
  readonly crash: { readonly epoch: number; readonly layer: string | null } | null;
}

/** Reads a history, what was watched, or the error of a fit. @throws {TypeError} If it is nothing of these */
export function readProgress(what: string, given: unknown): Progress {
  if (typeof given === "object" && given !== null) {
    if (given instanceof Error && given.name === "NonFiniteError") {
      const { epoch, layer, history } = given as Error & FailedFit;
      const known = history === undefined ? NOTHING : readProgress(what, history);
      return { ...known, crash: { epoch, layer } };
    }
    if ("history" in given && typeof given.history === "object" && given.history !== null) {
      const { history, params, layers } = given as HistoryLike;
      const numbers = (name: string): number[] => (history[name] ?? []).map(Number);
      const losses = numbers("loss");
      const at = losses.findIndex((loss) => !Number.isFinite(loss));
      return {
        losses,
        validation: numbers("val_loss"),
        steps: params?.steps ?? null,
        start: null,
        epochs: layers ?? [],
        crash: at < 0 ? null : { epoch: at, layer: null },
      };
    }
    if ("epochs" in given && Array.isArray(given.epochs) && "start" in given) {
      const { start, epochs } = given as WatchLike;
      if (start === null) {
        throw new TypeError(`Cannot ${what}: the watch must have seen a fit; give it to fit as one of its callbacks`);
      }
      return { ...NOTHING, losses: epochs.map(({ loss }) => loss), start, epochs };
    }
  }
  throw new TypeError(
    `Cannot ${what}: the first argument must be a history (what fit returns), a watch that has seen a fit, or the ` +
      `NonFiniteError of a fit, got ${describeValue(given)}`,
  );
}

const NOTHING: Progress = { losses: [], validation: [], steps: null, start: null, epochs: [], crash: null };
