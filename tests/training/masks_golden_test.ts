import { layers, losses, metrics, optimizers, sequential, tensor } from "../../mod.ts";
import golden from "../golden/masks.json" with { type: "json" };
import { near } from "../golden/near.ts";

type Case = typeof golden.models[number];
type Reduction = "sum" | "sum_over_batch_size" | "mean_with_sample_weight";

function build({ start, x, loss, reduction, ignored }: Case, numerics: "fast" | "portable") {
  const model = sequential([
    layers.masking({ maskValue: -1, inputShape: [x[0].length, 3] }),
    layers.dense({ units: 5, activation: "tanh", name: "hidden" }),
    layers.dense({ units: start["out/bias"].length, name: "out" }),
  ], { numerics });
  model.setWeights(start);
  const options = { reduction: reduction as Reduction };
  model.compile({
    optimizer: optimizers.sgd({ learningRate: 0.1, momentum: 0.9 }),
    loss: loss === "mse"
      ? losses.meanSquaredError(options)
      : losses.sparseCategoricalCrossentropy({ ...options, fromLogits: true, ignoreClass: ignored }),
    ...(loss === "mse" ? { metrics: ["mse"], weightedMetrics: [metrics.meanSquaredError({ name: "weighted" })] } : {}),
  });
  return model;
}

for (const numerics of ["fast", "portable"] as const) {
  for (const given of golden.models) {
    Deno.test(`a masked loss agrees with PyTorch: ${given.loss}, ${given.name}, ${numerics}`, () => {
      const { x, sampleWeight } = given;
      const y = given.y as number[][];
      const options = sampleWeight === null ? {} : { sampleWeight: sampleWeight as number[] };
      const model = build(given, numerics);
      near(model.predict(x), given.outputs, "outputs");
      const { loss, gradients } = model.gradients(x, y, options);
      near(tensor([loss]), [given.losses[0]], "loss");
      for (const [name, expected] of Object.entries(given.gradients)) {
        near(gradients[name], expected, `gradient of ${name}`);
      }
      const found = model.evaluate(x, y, options) as Record<string, number>;
      near(tensor([found.loss]), [given.losses[0]], "loss of evaluate");
      if (given.loss === "mse") {
        near(tensor([found.mse]), [given.metric], "metric");
        near(tensor([found.weighted]), [given.weightedMetric], "weighted metric");
      }
      for (let step = 0; step < 3; step++) {
        near(tensor([model.trainOnBatch(x, y, options).loss]), [given.losses[step]], `loss of step ${step}`);
      }
      for (const { name, value } of model.weights) {
        near(value, given.weights[name as keyof typeof given.weights], name);
      }
    });
  }
}
