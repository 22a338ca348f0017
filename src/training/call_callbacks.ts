import type { SignalRace } from "../data/signal_race.ts";
import { isThenable } from "../errors/is_thenable.ts";
import type { Callback } from "./callback.ts";

/** Calls every callback in turn, waiting for those that return a promise, but no longer than until the signal aborts. */
export async function callCallbacks(
  callbacks: readonly Callback[],
  race: SignalRace,
  hook: (callback: Callback) => unknown,
): Promise<void> {
  for (const callback of callbacks) {
    const result = hook(callback);
    if (isThenable(result)) await race.wait(result);
  }
}
