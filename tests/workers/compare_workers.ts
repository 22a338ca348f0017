import type { Numerics, Sequential } from "../../mod.ts";
import { hashWeights } from "../models/hash_weights.ts";
import { buildRecipe, labelsOf, type Recipe, X } from "./recipe.ts";

/** The counts of workers whose results must be equal. */
export const WORKERS: readonly number[] = [1, 2, 3, 4, 7];
const EPOCHS = 3;

/** What a training ends with, to the last bit. */
export interface Outcome {
  readonly weights: string;
  readonly history: unknown;
  readonly evaluation: unknown;
  readonly prediction: Uint32Array;
}

/** Trains a model of the recipe, and evaluates and predicts with it, with `workers` threads. */
export async function runRecipe(
  recipe: Recipe,
  workers: number,
  batchSize: number,
  numerics: Numerics,
): Promise<Outcome> {
  const model = buildRecipe(recipe, numerics);
  const y = labelsOf(recipe);
  const { sampleWeight } = recipe;
  const { history } = await model.fit(X, y, { epochs: EPOCHS, batchSize, workers, sampleWeight, verbose: 0 });
  return { weights: hashWeights(model), history, ...consult(model, recipe, workers, batchSize) };
}

/** What evaluation and prediction give, to the last bit. */
export function consult(
  model: Sequential,
  recipe: Recipe,
  workers: number,
  batchSize: number,
): Pick<Outcome, "evaluation" | "prediction"> {
  return {
    evaluation: model.evaluate(X, labelsOf(recipe), { workers, batchSize, sampleWeight: recipe.sampleWeight }),
    prediction: new Uint32Array(model.predict(X, { workers, batchSize }).data.buffer),
  };
}
