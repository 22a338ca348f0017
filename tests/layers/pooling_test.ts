import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { input, layers, model, sequential } from "../../mod.ts";
import { compareGoldens } from "./compare_goldens.ts";

Deno.test("layers that pool agree with PyTorch, forward and backward, in float64 and by the kernels", async () => {
  await compareGoldens("pooling.json");
});

const shapeOf = (layer: layers.Layer, inputShape: readonly number[]) =>
  layer.apply(input({ shape: inputShape })).shape.slice(1);

Deno.test("shapes and defaults are Keras's", () => {
  assertEquals(shapeOf(layers.maxPooling1d(), [9, 4]), [4, 4]);
  assertEquals(shapeOf(layers.maxPooling1d({ padding: "same" }), [9, 4]), [5, 4]);
  assertEquals(shapeOf(layers.averagePooling2d({ strides: null }), [9, 8, 3]), [4, 4, 3]);
  assertEquals(shapeOf(layers.averagePooling2d({ poolSize: 3, strides: 1 }), [9, 8, 3]), [7, 6, 3]);
  assertEquals(shapeOf(layers.maxPooling2d({ poolSize: [3, 2], padding: "same" }), [10, 8, 3]), [4, 4, 3]);
  assertEquals(shapeOf(layers.maxPooling2d({ dataFormat: "channelsFirst" }), [3, 10, 8]), [3, 5, 4]);
  assertEquals(shapeOf(layers.globalMaxPooling2d(), [10, 8, 3]), [3]);
  assertEquals(shapeOf(layers.globalAveragePooling2d({ keepdims: true, dataFormat: "channels_first" }), [3, 10, 8]), [
    3,
    1,
    1,
  ]);
  assertEquals(shapeOf(layers.adaptiveMaxPooling2d({ outputSize: [3, 20] }), [10, 8, 3]), [3, 20, 3]);
  assertEquals(layers.averagePooling1d({ poolSize: 3 }).config, {
    name: "",
    poolSize: 3,
    strides: 3,
    padding: "valid",
    dataFormat: "channels_last",
  });
});

Deno.test("options that are none, and inputs that do not fit, are refused", () => {
  const refuse = (create: () => unknown, message: string, type: typeof TypeError | typeof RangeError = TypeError) =>
    assertThrows(create, type, message);
  refuse(() => layers.maxPooling2d({ poolSize: 0 }), "poolSize must be an integer >= 1, got 0", RangeError);
  refuse(
    () => layers.maxPooling2d({ poolSize: [2] as unknown as [number, number] }),
    "Cannot create max_pooling2d layer: poolSize must be a number or [height, width], got [2]",
  );
  refuse(() => layers.averagePooling1d({ strides: 1.5 }), "strides must be an integer >= 1, got 1.5", RangeError);
  refuse(
    () => layers.maxPooling1d({ padding: "causal" as "same" }),
    'padding must be one of "valid", "same", got "causal"',
    RangeError,
  );
  refuse(() => layers.maxPooling1d({ size: 2 } as object), "size");
  refuse(() => layers.adaptiveMaxPooling1d({} as { outputSize: number }), "outputSize must be a number, got undefined");
  refuse(() => layers.globalMaxPooling1d({ keepdims: 1 as unknown as boolean }), "keepdims must be true or false");
  const image = input({ shape: [3, 8, 2], name: "image" });
  refuse(
    () => layers.maxPooling2d({ poolSize: 4, name: "pool" }).apply(image),
    'Cannot apply layer "pool": the window must not be longer than the input, got 4 along height, which is 3',
  );
  refuse(
    () => layers.globalMaxPooling1d({ name: "top" }).apply(image),
    'Cannot apply layer "top": samples must have shape [steps, features], got [3, 8, 2]',
  );
  refuse(
    () => layers.averagePooling1d({ name: "mean", dataFormat: "channels_first" }).apply(image),
    'Cannot apply layer "mean": samples must have shape [features, steps], got [3, 8, 2]',
  );
});

Deno.test("the gradient of equal elements goes to the first one", () => {
  const net = sequential([
    layers.dense({ units: 4, useBias: false, kernelInitializer: "zeros", inputShape: [1] }),
    layers.reshape({ targetShape: [2, 2, 1] }),
    layers.maxPooling2d(),
    layers.flatten(),
  ]);
  net.compile({ optimizer: "sgd", loss: "mse" });
  assertEquals([...net.gradients([[1]], [[-1]]).gradients["dense/kernel"].data], [2, 0, 0, 0]);
});

Deno.test("the mean of a masked sequence is that of the steps that count", () => {
  const x = input({ shape: [4, 2] });
  const masked = layers.masking().apply(x);
  const net = model({ inputs: x, outputs: layers.globalAveragePooling1d({ name: "mean" }).apply(masked) });
  const y = net.predict([
    [[1, 2], [3, 5], [0, 0], [0, 0]],
    [[0, 0], [0, 0], [0, 7], [0, 0]],
    [[0, 0], [0, 0], [0, 0], [0, 0]],
    [[1, 1], [1, 1], [2, 1], [1, 5]],
  ]);
  [2, 3.5, 0, 7, 0, 0, 1.25, 2].forEach((value, i) => assertAlmostEquals(y.data[i], value, 1e-6));
  const first = layers.globalAveragePooling1d({ name: "mean", dataFormat: "channels_first" });
  assertThrows(() => first.apply(masked), TypeError, "a mask must be of the steps of samples [steps, features]");
});
