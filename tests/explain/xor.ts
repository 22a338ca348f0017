import { layers, optimizers, type Sequential, sequential } from "../../mod.ts";

/** The four samples. */
export const xorX: readonly (readonly number[])[] = [[0, 0], [0, 1], [1, 0], [1, 1]];
export const xorY: readonly number[] = [0, 1, 1, 0];

/** The lecture's 2-n-1 network with sigmoids. */
export function createXor(hidden: number, learningRate: number, seed: number): Sequential {
  const model = sequential([
    layers.dense({ units: hidden, activation: "sigmoid", inputShape: [2] }),
    layers.dense({ units: 1, activation: "sigmoid" }),
  ], { seed });
  model.compile({ optimizer: optimizers.sgd({ learningRate }), loss: "binary_crossentropy" });
  return model;
}
