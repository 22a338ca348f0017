import type { DataInputs, SampleInputs } from "../../data/data_input.ts";
import type { Callback } from "../../training/callback.ts";
import type { AnyModel } from "../trace/internals_of.ts";
import { readWeights } from "./read_weights.ts";

/** What is known of a training. */
export interface Run {
  /** The loss of every epoch. */
  readonly losses: number[];
  /** ‖Δw‖/‖w‖ of every epoch. */
  readonly updates: number[];
  /** Whether loss and weights stayed finite. */
  isFinite: boolean;
}

/** A training that has not begun. */
export function beginRun(): Run {
  return { losses: [], updates: [], isFinite: true };
}

/** Trains from as many epochs as the run has to so many. A run that is no more finite stays as it is. */
export async function trainRun(
  run: Run,
  model: AnyModel,
  x: SampleInputs,
  y: DataInputs,
  { epochs, batchSize }: { readonly epochs: number; readonly batchSize: number },
): Promise<void> {
  if (!run.isFinite) return;
  let before = readWeights(model);
  const measure: Callback = {
    onEpochEnd: () => {
      const after = readWeights(model);
      let [change, size] = [0, 0];
      for (let i = 0; i < after.length; i++) {
        change += (after[i] - before[i]) ** 2;
        size += before[i] ** 2;
      }
      run.updates.push(Math.sqrt(change / size));
      before = after;
    },
  };
  const options = { epochs, initialEpoch: run.losses.length, batchSize, verbose: 0 as const, callbacks: [measure] };
  try {
    const { history } = await model.fit(x, y, options);
    for (const loss of history.loss) run.losses.push(loss);
  } catch (error) {
    if ((error as Error)?.name !== "NonFiniteError") throw error;
    const { history } = error as { history?: { history: { loss: number[] } } };
    for (const loss of history?.history.loss ?? []) run.losses.push(loss);
    run.isFinite = false;
  }
}
