import { assertEquals, assertThrows } from "@std/assert";
import { input, layers, loadModel, model } from "../../mod.ts";
import { compareGoldens } from "./compare_goldens.ts";

Deno.test("layers that shape and join agree with PyTorch, forward and backward, in float64 and by the kernels", async () => {
  await compareGoldens("shaping.json");
});

const shapeOf = (layer: layers.Layer, inputShape: readonly number[]) =>
  layer.apply(input({ shape: inputShape })).shape.slice(1);

Deno.test("shapes and defaults are Keras's", () => {
  assertEquals(shapeOf(layers.permute({ dims: [2, 1] }), [10, 64]), [64, 10]);
  assertEquals(shapeOf(layers.repeatVector({ n: 3 }), [32]), [3, 32]);
  assertEquals(shapeOf(layers.cropping1d(), [10, 4]), [8, 4]);
  assertEquals(shapeOf(layers.cropping2d(), [10, 8, 3]), [10, 8, 3]);
  assertEquals(shapeOf(layers.zeroPadding1d(), [10, 4]), [12, 4]);
  assertEquals(shapeOf(layers.zeroPadding2d(), [10, 8, 3]), [12, 10, 3]);
  assertEquals(shapeOf(layers.zeroPadding2d({ dataFormat: "channelsFirst" }), [3, 10, 8]), [3, 12, 10]);
  assertEquals(shapeOf(layers.upSampling1d(), [10, 4]), [20, 4]);
  assertEquals(shapeOf(layers.upSampling2d(), [10, 8, 3]), [20, 16, 3]);
});

Deno.test("options that are none are refused", () => {
  const refuse = (create: () => unknown, message: string, type: typeof TypeError | typeof RangeError = RangeError) =>
    assertThrows(create, type, message);
  refuse(
    () => layers.permute({ dims: [0, 1] }),
    "dims must hold every axis of a sample once, counted from 1, got [0, 1]",
  );
  refuse(() => layers.permute({ dims: [1, 1] }), "dims must hold");
  refuse(() => layers.repeatVector({ n: 0 }), "n must be an integer >= 1, got 0");
  refuse(() => layers.repeatVector({} as { n: number }), "n must be", TypeError);
  refuse(() => layers.cropping1d({ cropping: -1 }), "cropping must hold integers >= 0");
  refuse(
    () => layers.cropping1d({ cropping: [1, 2, 3] as unknown as [number, number] }),
    "cropping must be",
    TypeError,
  );
  refuse(() => layers.zeroPadding2d({ padding: [1.5, 0] }), "padding must hold integers >= 0");
  refuse(
    () => layers.zeroPadding2d({ padding: [[1, 0]] as unknown as [number, number] }),
    "padding must be",
    TypeError,
  );
  refuse(() => layers.upSampling2d({ size: [2, 0] }), "size must be an integer >= 1, got 0");
  refuse(
    () => layers.upSampling2d({ size: [2] as unknown as [number, number] }),
    "size must be a number or",
    TypeError,
  );
  refuse(
    () => layers.upSampling2d({ interpolation: "bicubic" as "nearest" }),
    'interpolation must be one of "nearest", "bilinear", got "bicubic"',
  );
  refuse(() => layers.cropping2d({ dataFormat: "channels" as "channels_last" }), "dataFormat must be");
  refuse(() => layers.concatenate({ axis: 0 }), "axis must not be 0, the batch");
  refuse(
    () => layers.cropping1d({ croping: 1 } as unknown as { cropping: number }),
    'did you mean "cropping"',
    TypeError,
  );
});

Deno.test("inputs that do not fit are refused: the message names the layers", () => {
  const a = input({ shape: [4], name: "a" }), b = input({ shape: [3, 2], name: "b" });
  const refuse = (call: () => unknown, message: string) => assertThrows(call, TypeError, message);
  refuse(
    () => layers.concatenate({ name: "join" }).apply([a, b]),
    'Cannot apply layer "join": its inputs must have samples whose shapes differ along axis -1 alone, got [4] and [3, 2]',
  );
  refuse(() => layers.concatenate({ axis: 2 }).apply([a, a]), "axis must be one of a sample's, 1 to 1");
  refuse(() => layers.concatenate({ axis: -2 }).apply([a, a]), "axis must be one of a sample's");
  refuse(() => layers.permute({ dims: [2, 1] }).apply(a), "dims [2, 1] are for samples with 2 axes, got shape [4]");
  refuse(() => layers.repeatVector({ n: 2 }).apply(b), "samples must be vectors, got shape [3, 2]");
  refuse(
    () => layers.cropping1d({ cropping: [2, 1] }).apply(b),
    "cropping must leave something of samples of shape [3, 2]",
  );
  refuse(() => layers.zeroPadding2d().apply(b), "samples must have shape [height, width, channels], got [3, 2]");
  refuse(() => layers.upSampling1d().apply(a), "samples must have shape [steps, features], got [4]");
});

Deno.test("two towers that are joined train, and are saved and loaded", async () => {
  const x = input({ shape: [6] });
  const left = layers.dense({ units: 3, activation: "tanh" }).apply(x);
  const right = layers.dense({ units: 2, activation: "relu" }).apply(x);
  const joined = layers.concatenate().apply([left, x, right]);
  assertEquals(joined.shape, [null, 11]);
  const net = model({ inputs: x, outputs: layers.dense({ units: 1 }).apply(joined) }, { seed: 5 });
  net.compile({ optimizer: "adam", loss: "mse" });
  const data = Array.from({ length: 20 }, (_, i) => Array.from({ length: 6 }, (_, j) => Math.sin(i * 6 + j)));
  const targets = data.map((row) => row[0] * row[1]);
  const { history } = await net.fit(data, targets, { epochs: 40, batchSize: 5, verbose: 0 });
  assertEquals(history.loss[39] < 0.5 * history.loss[0], true, `${history.loss}`);
  const again = await loadModel(net.toBytes());
  assertEquals(again.predict(data), net.predict(data));
  assertEquals(again.toBytes(), net.toBytes());
});
