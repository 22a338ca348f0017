import type { Model } from "../../models/model.ts";
import type { Trial } from "../trials/trial.ts";
import type { SearchSettings } from "./read_search_options.ts";
import type { SearchData, Workshop } from "./workshop.ts";

/**
 * Asks the user's function why trials did not learn, and notes what it says as their `why`: of their first runs, with the model as `build` makes
 * it. What goes wrong with one trial is noted in its place.
 *
 * @throws the signal's reason
 */
export async function diagnoseTrials(
  trials: readonly Trial[],
  { diagnose, batchSizeOf, signal }: SearchSettings,
  workshop: Workshop,
  { x, y }: SearchData,
): Promise<void> {
  if (diagnose === null) return;
  for (const trial of trials) {
    const [run] = trial.runs;
    if (run === undefined || trial.status === "waiting") continue;
    signal?.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 0));
    try {
      const model = workshop.build(trial.params, 0);
      const { samples: id } = workshop.prepare(trial.params, 0).parts[0].train;
      const count = workshop.samples.get(id)!.inputs[0].shape[0];
      const params = { steps: Math.ceil(count / batchSizeOf(trial.params)) };
      const { headline } = diagnose({ history: run.history, params }, model as Model as never, { x, y });
      if (headline !== null) trial.why = `${headline.rule}: ${headline.words}`;
    } catch (error) {
      trial.why = `not known: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
}
