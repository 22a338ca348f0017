import { assertEquals, assertThrows } from "@std/assert";
import { input, layers, sequential } from "../../mod.ts";
import { layerTable } from "../../src/layers/gen/table.ts";
import golden from "../golden/convolution.json" with { type: "json" };
import { checkGoldenLayer, type GoldenLayer } from "./golden_layer.ts";

for (const numerics of ["fast", "portable"] as const) {
  Deno.test(`convolutions agree with PyTorch in forward pass, gradients and training, ${numerics}`, async (t) => {
    for (const [i, given] of (golden.cases as unknown as GoldenLayer[]).entries()) {
      const row = layerTable[given.type as keyof typeof layerTable];
      await t.step(
        `${given.type} ${i} ${JSON.stringify(given.options)}`,
        () => checkGoldenLayer(given, () => row.create(given.options), numerics),
      );
    }
  });
}

Deno.test("output shapes follow Keras's rules", () => {
  const conv = (length: number, options: Partial<layers.Conv1dOptions>) =>
    layers.conv1d({ filters: 1, kernelSize: 3, ...options }).apply(input({ shape: [length, 2] })).shape[1];
  assertEquals([conv(7, {}), conv(7, { strides: 2 }), conv(7, { strides: 2, padding: "same" })], [5, 3, 4]);
  assertEquals([conv(7, { padding: "causal", dilationRate: 3 }), conv(7, { padding: [0, 1] })], [7, 6]);
  const transposed = (options: Partial<layers.Conv1dTransposeOptions>) =>
    layers.conv1dTranspose({ filters: 1, kernelSize: 3, ...options }).apply(input({ shape: [5, 2] })).shape[1];
  assertEquals([transposed({}), transposed({ strides: 2 }), transposed({ strides: 4 })], [7, 11, 20]);
  assertEquals([transposed({ padding: "same", strides: 2 }), transposed({ padding: "same" })], [10, 5]);
  assertEquals(transposed({ padding: "same", strides: 3, outputPadding: 2 }), 15);
  assertEquals(transposed({ strides: 3, outputPadding: 1 }), 16);
  assertEquals([transposed({ padding: 1 }), transposed({ padding: [0, 2], strides: 2, outputPadding: 1 })], [5, 10]);
});

Deno.test("a convolution refuses what it cannot do, and says why", () => {
  const refuse = (options: object, message: string, type: typeof TypeError | typeof RangeError = RangeError) =>
    assertThrows(() => layers.conv2d({ filters: 4, kernelSize: 3, ...options }), type, message);
  refuse({ filters: 0 }, "Cannot create conv2d layer: filters must be an integer >= 1, got 0");
  refuse({ kernelSize: [3] }, "kernelSize must be a number or [height, width], got [3]", TypeError);
  refuse({ kernelSize: [3, 0] }, "kernelSize must be an integer >= 1, got 0");
  refuse({ kernelSize: undefined }, "kernelSize must be a number or [height, width], got undefined", TypeError);
  refuse({ strides: 2, dilationRate: 2 }, "strides above 1 do not go with a dilationRate above 1");
  refuse({ groups: 3 }, "groups must divide filters, got 3 groups of 4 filters");
  refuse(
    { padding: "causal" },
    'padding must be "valid", "same" or margins [[top, bottom], [left, right]], got "causal"',
  );
  refuse({ padding: -1 }, "padding must hold integers >= 0");
  refuse({ dataFormat: "first" }, "dataFormat must be");
  refuse({ kernel_size: 3 }, "kernelSize", TypeError);
  assertThrows(
    () => layers.conv2dTranspose({ filters: 1, kernelSize: 3, strides: 2, outputPadding: 2 }),
    RangeError,
    "Cannot create conv2d_transpose layer: outputPadding must be less than strides, got [2, 2] and [2, 2]",
  );
  assertThrows(
    () => layers.conv1dTranspose({ filters: 1, kernelSize: 2, padding: "causal" as "same" }),
    RangeError,
    'padding must be "valid", "same" or margins [before, after], got "causal"',
  );
});

Deno.test("depthwise and separable convolutions have Keras's weights, and refuse what they cannot do", () => {
  const image = input({ shape: [9, 8, 3], name: "image" });
  const shapes = (layer: layers.Layer) => {
    const { shape } = layer.apply(image);
    return [shape.slice(1), ...layer.weights.map((weight) => [weight.name, ...weight.shape])];
  };
  assertEquals(shapes(layers.depthwiseConv2d({ kernelSize: [3, 2], depthMultiplier: 2 })), [
    [7, 7, 6],
    ["kernel", 3, 2, 3, 2],
    ["bias", 6],
  ]);
  assertEquals(shapes(layers.separableConv2d({ filters: 5, kernelSize: 3, strides: 2, padding: "same" })), [
    [5, 4, 5],
    ["depthwise_kernel", 3, 3, 3, 1],
    ["pointwise_kernel", 1, 1, 3, 5],
    ["bias", 5],
  ]);
  assertThrows(
    () => layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 0 }),
    RangeError,
    "Cannot create depthwise_conv2d layer: depthMultiplier must be an integer >= 1, got 0",
  );
  assertThrows(
    () => layers.depthwiseConv1d({ kernelSize: 3, kernelInitializer: "zeros" } as layers.DepthwiseConv1dOptions),
    TypeError,
    'unknown option "kernelInitializer"',
  );
  assertThrows(
    () => layers.separableConv1d({ filters: 2, kernelSize: 3, padding: "causal" as "same" }),
    RangeError,
    'padding must be "valid", "same" or margins [before, after], got "causal"',
  );
  assertThrows(
    () => layers.separableConv2d({ filters: 2, kernelSize: 2, strides: 2, dilationRate: 2 }),
    RangeError,
    "strides above 1 do not go with a dilationRate above 1",
  );
  assertThrows(
    () => layers.depthwiseConv2d({ kernelSize: [3, 10], name: "wide" }).apply(image),
    TypeError,
    "the window must not be longer than the input, got 10 along width, which is 8",
  );
});

Deno.test("a convolution refuses samples that it cannot see, and says why", () => {
  const build = (layer: layers.Layer, ...shape: number[]) => sequential([layer]).build(shape);
  const conv = (options: object) => layers.conv2d({ filters: 4, kernelSize: 3, ...options });
  assertThrows(() => build(conv({}), 8, 8), TypeError, "samples must have shape [height, width, channels], got [8, 8]");
  assertThrows(
    () => build(conv({ dilationRate: 2 }), 8, 4, 1),
    TypeError,
    "the window must not be longer than the input, got 5 (3 with dilation 2) along width, which is 4",
  );
  assertThrows(
    () => build(conv({ kernelSize: 7, padding: 1 }), 4, 8, 1),
    TypeError,
    "along height, which is 4 padded to 6",
  );
  assertThrows(
    () => build(conv({ groups: 2 }), 8, 8, 3),
    TypeError,
    "groups must divide the channels of its input, got 2 groups of 3 channels",
  );
  assertThrows(
    () => build(layers.conv1dTranspose({ filters: 1, kernelSize: 3, padding: [2, 3] }), 3, 1),
    TypeError,
    "the result must not be empty, got 3 positions, a kernel of 3, padding [2, 3] and outputPadding null",
  );
  assertThrows(
    () => build(layers.conv1dTranspose({ filters: 1, kernelSize: 2, padding: "same", outputPadding: 0 }), 1, 1),
    TypeError,
    "the result must not be empty",
  );
});
