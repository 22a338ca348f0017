import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { layers, optimizers } from "../../mod.ts";
import type { Sequential } from "../../mod.ts";
import type { LoadedProgram } from "../../src/workers/loaded_program.ts";
import { hashWeights } from "../models/hash_weights.ts";
import { buildRecipe, labelsOf, OUTPUTS, type Recipe, WIDTH, X } from "./recipe.ts";

/** A model whose step has barriers of every kind: dropout and packed products forward, a norm over all variables in the update. */
export const recipe: Recipe = {
  layers: () => [
    layers.dense({ units: 20, activation: "tanh", inputShape: [WIDTH] }),
    layers.dropout({ rate: 0.2 }),
    layers.dense({ units: OUTPUTS, kernelConstraint: "max_norm" }),
  ],
  optimizer: optimizers.adam({ learningRate: 0.02, globalClipnorm: 0.1, useEma: true, emaMomentum: 0.5 }),
};
const y = labelsOf(recipe);
const options = { epochs: 4, batchSize: 33, verbose: 0 } as const;

/** Calls `before` ahead of every run of a program of the model, with the number of the run, from 1. */
export function watchRuns(model: Sequential, before: (loaded: LoadedProgram, run: number) => void): void {
  const { memory } = model.trainer;
  const run = memory.run.bind(memory);
  let count = 0;
  memory.run = (loaded) => {
    before(loaded, ++count);
    run(loaded);
  };
}

/** The programs that a fit runs first: that of a training step, and that of an update. */
export async function listPrograms(ranks: number): Promise<LoadedProgram[]> {
  const model = buildRecipe(recipe);
  const programs: LoadedProgram[] = [];
  watchRuns(model, (loaded) => programs.push(loaded));
  await model.fit(X, y, { ...options, epochs: 1, workers: ranks });
  return programs.slice(0, 2);
}

/** Trains with one thread and stops after `steps` steps, as a failing fit does. */
async function trainAlone(steps: number): Promise<Sequential> {
  const model = buildRecipe(recipe);
  const stop = new Error("far enough");
  const onTrainBatchEnd = (): void => {
    if (model.iteration === steps) throw stop;
  };
  await assertRejects(
    () => model.fit(X, y, { ...options, workers: 1, callbacks: [{ onTrainBatchEnd }] }),
    Error,
    stop.message,
  );
  return model;
}

const references = new Map<number, { stopped: string; resumed: string }>();

/** The weights after `steps` steps, and after another fit of two epochs. */
async function reference(steps: number): Promise<{ stopped: string; resumed: string }> {
  let found = references.get(steps);
  if (found === undefined) {
    const model = steps === 0 ? buildRecipe(recipe) : await trainAlone(steps);
    const stopped = hashWeights(model);
    await model.fit(X, y, { ...options, epochs: 2, workers: 1 });
    found = { stopped, resumed: hashWeights(model) };
    references.set(steps, found);
  }
  return found;
}

/** What a fit must say when it fails. */
export interface Expected {
  readonly workers: number;
  readonly message: readonly string[];
  /** The steps that are in the weights. */
  readonly steps: number;
}

/**
 * Fits a model that is bound to fail, and holds it to what is promised: it rejects and says which rank and why, the weights are those of
 * the last finished step, and the next fit goes on from there.
 */
export async function failFit(
  model: Sequential,
  { workers, message, steps }: Expected,
  mend?: () => void,
): Promise<void> {
  const error = await assertRejects(() => model.fit(X, y, { ...options, workers }), Error);
  for (const part of message) assertStringIncludes(error.message, part);
  mend?.();
  assertEquals(model.iteration, steps, "steps taken");
  const { stopped, resumed } = await reference(steps);
  assertEquals(hashWeights(model), stopped, "the last finished step");
  await model.fit(X, y, { ...options, epochs: 2, workers });
  assertEquals(hashWeights(model), resumed, "the fit that follows");
}
