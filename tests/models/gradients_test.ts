import { assertEquals, assertThrows } from "@std/assert";
import { layers, optimizers, sequential } from "../../mod.ts";
import { hashWeights } from "./hash_weights.ts";

const x = [[0.5, -1, 2], [1, 0, -0.5], [-2, 1, 1], [0.25, 0.75, -1.5]];
const y = [[1, 0], [0, 1], [1, 1], [0, 0]];

function build(optimizer = optimizers.adam({ learningRate: 0.1, clipnorm: 0.5, weightDecay: 0.01 })) {
  const model = sequential([
    layers.dense({ units: 4, activation: "tanh", kernelRegularizer: "l2", inputShape: [3] }),
    layers.dense({ units: 2 }),
  ], { seed: 3 });
  model.compile({ optimizer, loss: "mse" });
  return model;
}

Deno.test("gradients of y = w·x by hand; no step is taken", () => {
  const model = sequential([layers.dense({ units: 1, inputShape: [2] })]);
  model.compile({ optimizer: "sgd", loss: "mse" });
  model.setWeights([[[1], [2]], [0.5]]);
  // y = 1·3 + 2·4 + 0.5 = 11.5; dy = 2 · (11.5 − 10) = 3.
  const { loss, gradients } = model.gradients([[3, 4]], [10]);
  assertEquals(loss, 2.25);
  assertEquals(gradients["dense/kernel"].toArray(), [[9], [12]]);
  assertEquals(gradients["dense/bias"].toArray(), [3]);
  assertEquals([model.iteration, model.getWeights()[0].toArray()], [0, [[1], [2]]]);
  assertEquals(model.gradients([[3, 4]], [10], { sampleWeight: [2] }).gradients["dense/bias"].toArray(), [6]);
});

Deno.test("gradients and applyGradients are trainOnBatch, to the bit, optimizer and all", () => {
  const apart = build(), whole = build();
  for (let step = 0; step < 5; step++) {
    const { loss, gradients } = apart.gradients(x, y);
    apart.applyGradients(gradients);
    assertEquals(loss, whole.trainOnBatch(x, y).loss);
  }
  assertEquals([apart.iteration, hashWeights(apart)], [5, hashWeights(whole)]);
});

Deno.test("gradients of one's own: everything is checked before anything changes", () => {
  const model = build();
  const { gradients } = model.gradients(x, y);
  const before = hashWeights(model);
  const { "dense/kernel": kernel, ...rest } = gradients;
  // deno-lint-ignore no-explicit-any
  const cases: [any, typeof TypeError, string][] = [
    [rest, TypeError, 'every weight that is trained needs one, but "dense/kernel" has none'],
    [{ ...gradients, "dense/kernal": kernel }, RangeError, 'did you mean "dense/kernel"?'],
    [{ ...gradients, "dense/bias": [1, 2] }, TypeError, 'that of "dense/bias" must have shape [4], got [2]'],
    [{ ...gradients, "dense/bias": [1, 2, NaN, 0] }, RangeError, "dense/bias"],
    [new Map(), TypeError, "gradients"],
  ];
  for (const [given, error, message] of cases) assertThrows(() => model.applyGradients(given), error, message);
  assertEquals([model.iteration, hashWeights(model)], [0, before]);
  model.layers[0].trainable = false;
  model.compile({ optimizer: "sgd", loss: "mse" });
  assertEquals(Object.keys(model.gradients(x, y).gradients), ["dense_1/kernel", "dense_1/bias"]);
});
