import type { Model } from "../../models/model.ts";
import type { SearchSettings } from "./read_search_options.ts";
import type { Trial } from "../trials/trial.ts";
import { TaskWork } from "./task_work.ts";
import type { BestSoFar } from "./ended_trials.ts";
import { applyState, type TrainerState } from "./trainer_state.ts";
import type { SearchData, Workshop } from "./workshop.ts";

/** A model that can train itself. */
interface FittingModel extends Model {
  fit(x: unknown, y: unknown, options: object): Promise<unknown>;
}

/**
 * The trained model of the best trial: with folds trained anew on all data, else with the weights and the state that the trial's first run
 * ended with. It has the trial's epochs: those after which a pruned one was stopped. What is not known of a trial from another session is
 * trained again, to the same bits.
 */
export async function finishBest(
  { trial, state }: BestSoFar,
  settings: SearchSettings,
  workshop: Workshop,
  data: SearchData,
): Promise<Model> {
  const { validation, signal, shuffle, classWeight, workers, batchSizeOf } = settings;
  const { params, epochs } = trial;
  const model = workshop.build(params, 0) as FittingModel;
  const batchSize = batchSizeOf(params);
  if (validation !== null && "folds" in validation) {
    const { sampleWeight } = data;
    const options = {
      epochs,
      batchSize,
      shuffle,
      verbose: 0,
      workers: workers === 1 ? 1 : "auto",
      signal: signal ?? undefined,
    };
    await model.fit(data.x, data.y, {
      ...options,
      ...(classWeight === null ? {} : { classWeight }),
      ...(sampleWeight === undefined ? {} : { sampleWeight }),
    });
    return model;
  }
  applyState(model.trainer, state ?? await trainAgain(trial, settings, workshop));
  return model;
}

/** Trains the first run of a trial. */
async function trainAgain(
  { params, epochs }: Trial,
  { shuffle, classWeight, signal, epochsOf, batchSizeOf }: SearchSettings,
  workshop: Workshop,
): Promise<TrainerState> {
  const { plan, compiled, parts: [parts] } = workshop.prepare(params, 0);
  const heard: { state: TrainerState | null; reason: string } = { state: null, reason: "" };
  const work = new TaskWork({
    serial: 1,
    plan: 0,
    ...parts,
    from: { epochs: 0, history: {}, state: null },
    target: epochs,
    epochs: epochsOf(params),
    batchSize: batchSizeOf(params),
    shuffle,
    classWeight,
    reportMs: null,
    checkpointMs: null,
  }, {
    plan,
    compiled,
    samples: workshop.samples,
    tell(message): void {
      if (message.kind === "reached") heard.state = message.progress.state;
      if (message.kind === "failed") heard.reason = message.reason;
    },
  });
  while (!work.isOver) {
    signal?.throwIfAborted();
    const until = performance.now() + 8;
    work.next(() => performance.now() > until);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  if (heard.state !== null) return heard.state;
  throw new Error(`Cannot train the best trial again: ${heard.reason}`);
}
