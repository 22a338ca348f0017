import type { TrainedModel } from "../training/callback.ts";

/**
 * The learning rate of a model whose learning rate a callback is going to set.
 *
 * @param model The model that is trained.
 * @param callback The name of the callback, for the message.
 * @returns The learning rate.
 * @throws {TypeError} If it is a schedule: two masters cannot both set it.
 */
export function readLearningRate(model: TrainedModel, callback: string): number {
  const { learningRate } = model;
  if (typeof learningRate === "number") return learningRate;
  throw new TypeError(
    `Cannot use ${callback}: the optimizer's learningRate must be a number, got the schedule ${learningRate.id}; ` +
      "take out the schedule or the callback",
  );
}
