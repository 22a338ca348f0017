import { layers, optimizers, type Sequential, sequential } from "../../mod.ts";

/** The XOR network 2-7-1 of the benchmarks: sigmoid, binary crossentropy, SGD with a learning rate of 4.5. */
export function createXor(seed: number): Sequential {
  const model = sequential([
    layers.dense({ units: 7, activation: "sigmoid", inputShape: [2] }),
    layers.dense({ units: 1, activation: "sigmoid" }),
  ], { seed });
  model.compile({ optimizer: optimizers.sgd({ learningRate: 4.5 }), loss: "binary_crossentropy" });
  return model;
}
