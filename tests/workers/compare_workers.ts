import { assert, assertEquals } from "@std/assert";
import type { Numerics, Sequential } from "../../mod.ts";
import { hashWeights } from "../models/hash_weights.ts";
import { buildRecipe, labelsOf, type Recipe, type Recipes, X } from "./recipe.ts";

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

/** Registers a test for every recipe: whatever the number of workers, the bits are the same. */
export function testRecipes(what: string, recipes: Recipes): void {
  for (const numerics of ["fast", "portable"] as const) {
    Deno.test(`${what}: the same bits for ${WORKERS.join(", ")} workers, ${numerics}`, async (t) => {
      for (const [name, recipe] of Object.entries(recipes)) {
        await t.step(name, async () => {
          for (const batchSize of recipe.batchSizes ?? [5, 13, 33]) {
            const alone = await runRecipe(recipe, WORKERS[0], batchSize, numerics);
            for (const workers of WORKERS.slice(1)) {
              const together = await runRecipe(recipe, workers, batchSize, numerics);
              assertEquals(together, alone, `${workers} workers, batches of ${batchSize}`);
            }
            const untrained = hashWeights(buildRecipe(recipe, numerics));
            const trains = buildRecipe(recipe).weights.some((weight) => weight.trainable);
            assert(!trains || alone.weights !== untrained, "training must change the weights");
          }
        });
      }
    });
  }
}
