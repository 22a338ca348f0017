import { checkOptions } from "../errors/check_options.ts";
import type { Callback } from "../training/callback.ts";

/**
 * Says that training shall stop where a value stops being finite. It always does: `fit` throws an error that names the first
 * layer, the epoch and the batch. The callback changes nothing; it is there so that scripts written for Keras run.
 *
 * @param options None.
 * @returns A callback that does nothing.
 * @throws {TypeError} If an option is given.
 */
export function terminateOnNaN(options: Record<never, never> = {}): Callback {
  checkOptions("create terminateOnNaN callback", options, []);
  return { onTrainBegin(): void {} };
}
