import { assert, assertEquals } from "@std/assert";
import { hashWeights } from "../models/hash_weights.ts";
import { allRecipes } from "./all_recipes.ts";
import { runRecipe, WORKERS } from "./compare_workers.ts";
import { buildRecipe } from "./recipe.ts";

for (const [what, recipes] of Object.entries(allRecipes)) {
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
            const model = buildRecipe(recipe, numerics);
            const trains = model.weights.some((weight) => weight.trainable);
            assert(!trains || alone.weights !== hashWeights(model), "training must change the weights");
          }
        });
      }
    });
  }
}
