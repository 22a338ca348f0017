import { layers, sequential } from "../../mod.ts";
import type { Sequential } from "../../mod.ts";

/** A compiled classifier of three features and three classes. */
export function createClassifier(): Sequential {
  const model = sequential([
    layers.dense({ units: 4, activation: "relu", inputShape: [3], name: "hidden" }),
    layers.dense({ units: 3, activation: "softmax", name: "classes" }),
  ], { seed: 1 });
  model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
  return model;
}
