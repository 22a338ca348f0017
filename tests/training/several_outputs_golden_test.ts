import { assertEquals } from "@std/assert";
import { input, layers, losses, model, optimizers, regularizers, tensor } from "../../mod.ts";
import golden from "../golden/several_outputs.json" with { type: "json" };
import { near } from "../golden/near.ts";

type Case = typeof golden.cases[number];

function build({ initial, lossWeights, learningRate, momentum }: Case, numerics: "fast" | "portable") {
  const left = input({ shape: [3], name: "left" });
  const right = input({ shape: [3], name: "right" });
  const shared = layers.dense({ units: 5, activation: "tanh", name: "shared" });
  const [a, b] = [shared.apply(left), shared.apply(right)];
  const kernelRegularizer = regularizers.l2({ l2: 0.01 });
  const trunk = layers.dense({ units: 6, activation: "sigmoid", name: "trunk", kernelRegularizer })
    .apply(layers.concatenate().apply([left, a, b]));
  const label = layers.dense({ units: 3, name: "label" }).apply(trunk);
  const size = layers.dense({ units: 2, name: "size" }).apply(layers.concatenate().apply([trunk, a]));
  const m = model({ inputs: { left, right }, outputs: { label, size } }, { numerics });
  m.setWeights(initial as Record<string, number[] | number[][]>);
  m.compile({
    optimizer: optimizers.sgd({ learningRate, momentum }),
    loss: { label: losses.sparseCategoricalCrossentropy({ fromLogits: true }), size: "mse" },
    lossWeights: { label: lossWeights[0], size: lossWeights[1] },
  });
  return m;
}

for (const numerics of ["fast", "portable"] as const) {
  for (const given of golden.cases) {
    Deno.test(`two inputs and two outputs agree with PyTorch: ${given.name}, ${numerics}`, () => {
      const { left, right, y: label, s: size } = given;
      const x = { left, right }, y = { label, size };
      const sampleWeight = Object.fromEntries(
        ["label", "size"].flatMap((name, i) => given.sampleWeight[i] === null ? [] : [[name, given.sampleWeight[i]!]]),
      );
      const options = Object.keys(sampleWeight).length === 0 ? {} : { sampleWeight };
      const m = build(given, numerics);
      const predicted = m.predict(x);
      near(predicted.label, given.outputs.label, "label");
      near(predicted.size, given.outputs.size, "size");
      const { loss, gradients } = m.gradients(x, y, options);
      near(tensor([loss]), [given.losses[0]], "loss");
      assertEquals(Object.keys(gradients), Object.keys(given.gradients));
      for (const [name, expected] of Object.entries(given.gradients)) {
        near(gradients[name], expected, `gradient of ${name}`);
      }
      for (let step = 0; step < 3; step++) {
        const logs = m.trainOnBatch(x, y, options);
        assertEquals(Object.keys(logs), ["loss", "label_loss", "size_loss"]);
        near(tensor([logs.loss]), [given.losses[step]], `loss of step ${step}`);
        near(tensor([logs.label_loss]), [given.labelLosses[step]], `label_loss of step ${step}`);
        near(tensor([logs.size_loss]), [given.sizeLosses[step]], `size_loss of step ${step}`);
      }
      for (const { name, value } of m.weights) near(value, given.final[name as keyof typeof given.final], name);
    });
  }
}
