import { assertEquals, assertThrows } from "@std/assert";
import { activations, initializers, layers, sequential } from "../../mod.ts";
import type { Sequential } from "../../mod.ts";

// deno-lint-ignore no-explicit-any
type Any = any;

function build(): Sequential {
  return sequential([
    layers.inputLayer({ shape: [6] }),
    layers.reshape({ targetShape: [2, 3] }),
    layers.dense({ units: 4, activation: "tanh" }),
    layers.prelu(),
    layers.flatten(),
    layers.rescaling({ scale: 2 }),
    layers.dropout({ rate: 0.5 }),
    layers.normalization(),
    layers.leakyReLU(),
    layers.activation({ activation: "relu" }),
  ], { seed: 4, name: "fixed" });
}

Deno.test("what a model and its layers are made of cannot be changed", () => {
  const model = build() as Any;
  const [input, reshape, dense, , , rescaling, dropout, normalization, leaky, activation] = model.layers;
  const before = model.toBytes();
  const changes: Record<string, () => unknown> = {
    name: () => model.name = "other",
    seed: () => model.seed = 5,
    numerics: () => model.numerics = "portable",
    layers: () => model.layers = [],
    "layers.push": () => model.layers.push(layers.dense({ units: 1 })),
    "layers[0]": () => model.layers[0] = dense,
    "layers.length": () => model.layers.length = 1,
    isBuilt: () => model.isBuilt = false,
    weights: () => model.weights = [],
    "weights[0].shape": () => model.weights[0].shape[0] = 9,
    "layer.name": () => dense.name = "renamed",
    "layer.type": () => dense.type = "dropout",
    "layer.inputShape": () => input.inputShape = [7],
    "layer.inputShape[0]": () => input.inputShape[0] = 7,
    "layer.weights": () => dense.weights = [],
    "layer.weights.push": () => dense.weights.push({}),
    "layer.weights[0].shape": () => dense.weights[0].shape = [1],
    "layer.weights[0].shape[0]": () => dense.weights[0].shape[0] = 1,
    "layer.weights[0].trainable": () => dense.weights[0].trainable = false,
    targetShape: () => reshape.targetShape = [6],
    "targetShape[0]": () => reshape.targetShape[0] = 3,
    units: () => dense.units = 5,
    useBias: () => dense.useBias = false,
    activation: () => dense.activation = activation.activation,
    scale: () => rescaling.scale = 1,
    rate: () => dropout.rate = 0.1,
    seedOfDropout: () => dropout.seed = 1,
    invert: () => normalization.invert = true,
    "activation.config": () => leaky.activation.config.negativeSlope = 9,
    "leaky.activation": () => leaky.activation = null,
    misspelt: () => dense.trainble = false,
  };
  for (const [what, change] of Object.entries(changes)) assertThrows(change, TypeError, undefined, what);
  assertEquals(model.toBytes(), before);
});

Deno.test("a caller's change of what config gave stays out of the model", () => {
  const model = build();
  const before = model.toBytes();
  const { activation } = model.layers[2].config as Any;
  activation.id = "relu";
  activation.config.alpha = 3;
  assertEquals(model.toBytes(), before);
});

Deno.test("build with another shape is refused, with the same one it does nothing", () => {
  const model = sequential([layers.dense({ units: 2 })]);
  assertThrows(() => model.build([0]), RangeError, "inputShape must be an array of integers >= 1");
  assertThrows(
    () => model.build(3 as Any),
    RangeError,
    "inputShape must be an array of integers >= 1, the shape of one",
  );
  const shape = [3];
  model.build(shape);
  shape[0] = 4;
  model.build([3]);
  assertThrows(
    () => model.build([4]),
    TypeError,
    'Cannot build model "sequential": it is built for samples of shape [3], got [4]; make a new model',
  );
  assertThrows(() => model.build([3, 1]), TypeError, "got [3, 1]");
  assertEquals(model.predict([[1, 2, 3]]).shape, [1, 2]);
});

Deno.test("what a layer was made with may change afterwards", () => {
  const kernelInitializer = { ...initializers.constant({ value: 2 }), config: { value: 2 } };
  const activation = { ...activations.elu({ alpha: 2 }), config: { alpha: 2 } };
  const kernelRegularizer = { id: "l2", config: { l2: 0.1 } };
  const make = () =>
    sequential([layers.dense({ units: 2, inputShape: [3], kernelInitializer, activation, kernelRegularizer })]);
  const expected = make().toBytes();
  const model = make();
  kernelInitializer.config.value = 9;
  activation.config.alpha = 9;
  kernelRegularizer.config.l2 = 9;
  assertEquals(model.toBytes(), expected);
});
