import { type layers, type losses, optimizers, sequential } from "../../mod.ts";
import type { FunctionalModel, Numerics, Sequential } from "../../mod.ts";
import { drawNumbers } from "../models/draw_numbers.ts";

/** Samples of every recipe: none of the batch sizes that are tried divides it. */
export const SAMPLES = 71;
/** The width of a sample. */
export const WIDTH = 10;
/** The width of an output. */
export const OUTPUTS = 3;

/** A model to train, and what on. */
export interface Recipe {
  /** One after the other; a graph of layers is a model among them. */
  readonly layers: (numerics: Numerics) => (layers.Layer | FunctionalModel)[];
  /** Default mse. */
  readonly loss?: losses.Loss;
  /** Default Adam. */
  readonly optimizer?: optimizers.Optimizer | optimizers.PopulationOptimizer;
  /** Default mse. */
  readonly metric?: string;
  /** Default: numbers from −1 to 1. */
  readonly y?: readonly (readonly number[])[] | readonly number[];
  readonly sampleWeight?: readonly number[];
  /** Default: 5, 13 and 33. */
  readonly batchSizes?: readonly number[];
}

/** Recipes by name. */
export type Recipes = Readonly<Record<string, Recipe>>;

/** The samples of every recipe, from −1 to 1. */
export const X: readonly (readonly number[])[] = drawNumbers(SAMPLES, WIDTH, 1);
const Y = drawNumbers(SAMPLES, OUTPUTS, 2);

/** The labels of a recipe. */
export function labelsOf(recipe: Recipe): readonly (readonly number[])[] | readonly number[] {
  return recipe.y ?? Y;
}

/** Builds the model of a recipe. */
export function buildRecipe(recipe: Recipe, numerics: Numerics = "fast"): Sequential {
  const model = sequential(recipe.layers(numerics), { seed: 3, numerics });
  const optimizer = recipe.optimizer ?? optimizers.adam({ learningRate: 0.01 });
  model.compile({ optimizer, loss: recipe.loss ?? "mse", metrics: [recipe.metric ?? "mse"] });
  return model;
}
