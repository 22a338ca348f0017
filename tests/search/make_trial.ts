import type { Trial } from "../../src/search/trials/trial.ts";

/** A finished trial of one run with a loss that goes down, changed as asked. */
export function makeTrial(id: number, changes: Partial<Trial> = {}): Trial {
  const history = { loss: [1, 0.5, 0.25], val_loss: [1.5, 1, 0.75 - id / 100] };
  return {
    id,
    params: { hidden: 4 + id, rate: 0.1 },
    status: "done",
    score: 0.75 - id / 100,
    standardError: null,
    history,
    runs: [{ fold: 0, seed: 0, history, score: 0.75 - id / 100, epochs: 3 }],
    epochs: 3,
    seconds: 0.5,
    attempts: 1,
    ...changes,
  };
}
