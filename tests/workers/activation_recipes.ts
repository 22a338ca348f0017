import { layers, optimizers } from "../../mod.ts";
import { type ActivationName, activationTable } from "../../src/activations/gen/table.ts";
import { OUTPUTS, type Recipe, type Recipes, WIDTH } from "./recipe.ts";

/** Options for rows that cannot do without. */
const needed: Partial<Record<ActivationName, object>> = { threshold: { threshold: 0.1, defaultValue: -0.2 } };

function withActivation(name: ActivationName): Recipe {
  const activation = activationTable[name].create(needed[name] as never);
  return {
    layers: () => [layers.dense({ units: 13, activation, inputShape: [WIDTH] }), layers.dense({ units: OUTPUTS })],
    batchSizes: [33, 13],
    // Steps have no slope.
    ...(name === "step" || name === "sign"
      ? { optimizer: optimizers.randomSearch({ populationSize: 3, sigma: 0.05 }) }
      : {}),
  };
}

const names = Object.keys(activationTable) as ActivationName[];
/** A model for every row of the table of activations. */
export const activationRecipes: Recipes = Object.fromEntries(names.map((name) => [name, withActivation(name)]));
