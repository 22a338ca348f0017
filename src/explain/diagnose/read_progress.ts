import { describeValue } from "../../errors/describe_value.ts";
import type { EpochStatistics } from "../../training/layer_statistics.ts";

/** What `fit` gives, as far as it is read: the numbers of every epoch. */
export interface HistoryLike {
  readonly history: Readonly<Record<string, readonly unknown[]>>;
  readonly params?: { readonly steps?: number | null };
  readonly layers?: readonly EpochStatistics[];
}

/** What `watch` gives, as far as it is read. */
export interface WatchLike {
  readonly start: EpochStatistics | null;
  readonly epochs: readonly EpochStatistics[];
}

/** A fit that failed: what it threw. */
export interface FailedFit {
  readonly epoch: number;
  readonly layer: string | null;
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
