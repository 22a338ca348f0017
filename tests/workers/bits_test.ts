import { assert, assertEquals } from "@std/assert";
import { hashWeights } from "../models/hash_weights.ts";
import { allRecipes } from "./all_recipes.ts";
import { runRecipe, WORKERS } from "./compare_workers.ts";
import { buildRecipe, type Recipe } from "./recipe.ts";

/** The sizes of batches, and the counts of workers beside one: all of them for one size, and one each for others. */
function sizesOf({ batchSizes }: Recipe): (readonly [size: number, counts: readonly number[]])[] {
  const all = WORKERS.slice(1);
  return batchSizes?.map((size) => [size, all] as const) ?? [[13, all], [5, [3]], [33, [7]]];
}

for (const [what, recipes] of Object.entries(allRecipes)) {
  for (const numerics of ["fast", "portable"] as const) {
    Deno.test(`${what}: the same bits for ${WORKERS.join(", ")} workers, ${numerics}`, async (t) => {
      for (const [name, recipe] of Object.entries(recipes)) {
        await t.step(name, async () => {
          for (const [batchSize, counts] of sizesOf(recipe)) {
            const alone = await runRecipe(recipe, 1, batchSize, numerics);
            for (const workers of counts) {
              const together = await runRecipe(recipe, workers, batchSize, numerics);
              assertEquals(together, alone, `${workers} workers, batches of ${batchSize}`);
            }
            const model = buildRecipe(recipe, numerics);
            const trains = model.weights.some((weight) => weight.trainable);
            assert(!trains || alone.weights !== hashWeights(model), "training must change the weights");
          }
        });
      }
    });
  }
}
