import { activationRecipes } from "./activation_recipes.ts";
import { layerRecipes, shapeRecipes } from "./layer_recipes.ts";
import { lossRecipes } from "./loss_recipes.ts";
import { clipRecipes, constraintRecipes, optimizerRecipes, regularizerRecipes } from "./optimizer_recipes.ts";
import type { Recipes } from "./recipe.ts";

/** Everything that is trained in these tests: a model for every row of every table. */
export const allRecipes: Readonly<Record<string, Recipes>> = {
  "every layer": layerRecipes,
  "every shape": shapeRecipes,
  "every activation": activationRecipes,
  "every loss": lossRecipes,
  "every optimizer with every option": optimizerRecipes,
  "clipping of large variables": clipRecipes,
  "every regularizer": regularizerRecipes,
  "every constraint": constraintRecipes,
};
