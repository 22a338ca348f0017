import type { Callback } from "./callback.ts";
import type { History } from "./history.ts";

/** What is used of the runtimes. In Deno, listening to signals needs no permission. */
export interface SignalScope {
  readonly Deno?: {
    addSignalListener?(signal: "SIGINT", listener: () => void): void;
    removeSignalListener?(signal: "SIGINT", listener: () => void): void;
    exit?(code: number): void;
  };
  readonly process?: {
    on?(signal: "SIGINT", listener: () => void): unknown;
    off?(signal: "SIGINT", listener: () => void): unknown;
    listenerCount?(signal: "SIGINT"): number;
    exit?(code: number): void;
  };
  readonly console: Pick<Console, "error">;
}

/** The code that a process ends with after Ctrl-C: 128 + SIGINT. */
const EXIT_CODE = 130;

/**
 * Ctrl-C during a fit: the first ends the fit at the end of its step, like a signal that aborts, and says what was kept; a second one ends
 * the process at once. After the fit nobody listens any more.
 */
export class Interrupt {
  readonly #scope: SignalScope;
  readonly #controller: AbortController = new AbortController();
  #remove: () => void = () => {};

  private constructor(scope: SignalScope) {
    this.#scope = scope;
  }

  /**
   * Listens; null where there are no such signals, or the program has a listener of its own. In Deno that is looked at when the signal comes:
   * the first look at `process` takes it 20 ms.
   */
  static listen(scope: SignalScope = globalThis as unknown as SignalScope): Interrupt | null {
    const interrupt = new Interrupt(scope);
    const { Deno: deno } = scope;
    try {
      if (deno?.addSignalListener !== undefined) {
        const listener = (): void => {
          if (countListeners(scope) === 0) interrupt.#handle();
        };
        deno.addSignalListener("SIGINT", listener);
        interrupt.#remove = () => deno.removeSignalListener?.("SIGINT", listener);
        return interrupt;
      }
      const { process } = scope;
      if (process?.on === undefined || countListeners(scope) > 0) return null;
      const listener = (): void => interrupt.#handle();
      process.on("SIGINT", listener);
      interrupt.#remove = () => void process.off?.("SIGINT", listener);
    } catch {
      return null; // a thread that may not listen
    }
    return interrupt;
  }

  /** Aborts at the first Ctrl-C. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Says what was kept, and how to go on. */
  explain(history: History, callbacks: readonly Callback[]): void {
    const done = history.epoch.length;
    const kept = `the model has the weights of its last finished step, the error the history of ${done} ${
      done === 1 ? "epoch" : "epochs"
    }`;
    const hasBackup = callbacks.some((callback) => callback.setFit !== undefined);
    const next = hasBackup
      ? "Started again, the script goes on from its backup."
      : "No backup was kept: with callbacks.backupAndRestore({ path }) the script would go on where it was when it is started again.";
    this.#scope.console.error(`Training was interrupted: ${kept}. ${next}`);
  }

  /** Listens no longer. */
  close(): void {
    this.#remove();
    this.#remove = () => {};
  }

  #handle(): void {
    const scope = this.#scope;
    if (this.signal.aborted) {
      (scope.Deno?.exit ?? scope.process?.exit)?.(EXIT_CODE);
      return;
    }
    scope.console.error("\nCtrl-C: training ends after this step. Once more: the process ends at once.");
    this.#controller.abort(new DOMException("Training was interrupted by Ctrl-C", "AbortError"));
  }
}

/** How many listeners to Ctrl-C Node's `process` has. */
function countListeners({ process }: SignalScope): number {
  return process?.listenerCount?.("SIGINT") ?? 0;
}
