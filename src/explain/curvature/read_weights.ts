import type { AnyModel } from "../trace/internals_of.ts";

/** The weights of a model that are trained, one variable after the other, as one list of numbers. */
export function readWeights({ network }: AnyModel): Float64Array {
  const trained = network.variables.filter(({ trainable }) => trainable);
  const all = new Float64Array(trained.reduce((sum, { elements }) => sum + elements, 0));
  let at = 0;
  for (const variable of trained) {
    all.set(network.values(variable), at);
    at += variable.elements;
  }
  return all;
}

/** Puts such a list in the place of the weights. */
export function writeWeights({ network }: AnyModel, all: ArrayLike<number>): void {
  let at = 0;
  for (const variable of network.variables) {
    if (!variable.trainable) continue;
    const values = network.values(variable);
    for (let i = 0; i < variable.elements; i++) values[i] = all[at + i];
    at += variable.elements;
  }
}
