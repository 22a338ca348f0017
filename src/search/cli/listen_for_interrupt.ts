/** What a runtime gives for signals of the system; none needs a permission. */
interface Scope {
  readonly Deno?: {
    addSignalListener?(signal: "SIGINT", listener: () => void): void;
    removeSignalListener?(signal: "SIGINT", listener: () => void): void;
  };
  readonly process?: {
    on?(signal: "SIGINT", listener: () => void): unknown;
    off?(signal: "SIGINT", listener: () => void): unknown;
  };
}

/**
 * Calls a function at the first Ctrl-C instead of ending the process; the second one ends it.
 *
 * @returns A function that stops listening.
 */
export function listenForInterrupt(act: () => void, scope: object = globalThis): () => void {
  const { Deno: deno, process } = scope as Scope;
  const stop = (): void => {
    if (deno?.removeSignalListener !== undefined) deno.removeSignalListener("SIGINT", listener);
    else process?.off?.("SIGINT", listener);
  };
  const listener = (): void => {
    stop();
    act();
  };
  if (deno?.addSignalListener !== undefined) deno.addSignalListener("SIGINT", listener);
  else process?.on?.("SIGINT", listener);
  return stop;
}
