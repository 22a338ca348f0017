import type { Trainer } from "../../training/trainer.ts";

/** What a training needs to go on where it was: whole blocks of the model's memory, and the counters. Plain data. */
export interface TrainerState {
  /** By name: `weights`, `state`, the optimizer's slots; those that are left out begin as an optimizer begins. */
  readonly blocks: Readonly<Record<string, Float32Array<ArrayBuffer>>>;
  readonly iteration: number;
  readonly step: number;
  readonly epochs: number;
}

/** Copies the state of a trainer. */
export function captureState(trainer: Trainer): TrainerState {
  const { iteration, step, epochs } = trainer;
  const names = ["weights", "state", ...trainer.stateBlocks];
  const blocks = Object.fromEntries(names.map((name) => [name, new Float32Array(trainer.viewOf(name))]));
  return { blocks, iteration, step, epochs };
}

/** Puts a state into a trainer of the same model. */
export function applyState(trainer: Trainer, { blocks, iteration, step, epochs }: TrainerState): void {
  for (const [name, values] of Object.entries(blocks)) trainer.viewOf(name).set(values);
  Object.assign(trainer, { iteration, step, epochs });
}
