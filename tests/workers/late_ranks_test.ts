import { assertEquals } from "@std/assert";
import { firstLayerRecipes, shapeRecipes } from "./layer_recipes.ts";
import { runRecipe } from "./compare_workers.ts";
import { lateSource } from "./dying_source.ts";
import { withThreads } from "./fake_threads.ts";
import { recipe as everyBarrier } from "./faulty_fit.ts";
import type { Recipes } from "./recipe.ts";

// Schedules of every kind. That those of all layers bear any order of the ranks is what interleaving_test.ts shows.
const layers = ["dense", "dropout", "batch_normalization", "group_normalization", "concatenate", "softmax"];
const recipes: Recipes = {
  ...Object.fromEntries(layers.map((type) => [type, firstLayerRecipes[type]])),
  ...shapeRecipes,
  "an update with many barriers": everyBarrier,
};

Deno.test("ranks that are late at random change no bit", async (t) => {
  for (const [name, recipe] of Object.entries(recipes)) {
    await t.step(name, async () => {
      const alone = await runRecipe(recipe, 1, 33, "fast");
      await withThreads({ source: (n) => n === 2 ? lateSource : undefined }, async () => {
        assertEquals(await runRecipe(recipe, 3, 33, "fast"), alone);
      });
      await withThreads({ source: () => lateSource }, async () => {
        assertEquals(await runRecipe(recipe, 3, 33, "fast"), alone);
      });
    });
  }
});
