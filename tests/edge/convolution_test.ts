import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { load } from "../../src/edge/blocks.ts";
import { blocksRuntime } from "../../src/edge/blocks_runtime.ts";
import { compileModel } from "../../src/export/compile_model.ts";
import { describeCompiled } from "../../src/export/describe_compiled.ts";
import { toModule } from "../../src/export/to_module.ts";
import * as layers from "../../src/layers/layers.ts";
import { type Sequential, sequential } from "../../src/models/sequential.ts";
import { changeValues, createDice, type Entry, HOSTILE_VALUES, tryFile, withDescription } from "./hostile_files.ts";
import { draw, scramble } from "./sample_models.ts";

const SAMPLES = 5;

/** A convolution of every kind, each with a head that makes a few numbers of it. */
const MODELS: Readonly<Record<string, () => layers.Layer[]>> = {
  "a network with a normalization behind each": () => [
    layers.conv2d({ filters: 6, kernelSize: 3, padding: "same", useBias: false, inputShape: [6, 5, 3] }),
    layers.batchNormalization(),
    layers.reLU(),
    layers.conv2d({ filters: 9, kernelSize: 2, strides: 2, activation: "relu" }),
    layers.batchNormalization(),
  ],
  groups: () => [layers.conv2d({ filters: 6, kernelSize: [2, 3], groups: 3, inputShape: [4, 5, 6] })],
  dilation: () => [
    layers.conv1d({ filters: 4, kernelSize: 3, dilationRate: 3, padding: "causal", inputShape: [11, 2] }),
    layers.conv1d({ filters: 3, kernelSize: 4, strides: 3, padding: "same" }),
  ],
  "transposed, with strides": () => [
    layers.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2, padding: "same", inputShape: [3, 4, 2] }),
    layers.conv2dTranspose({
      filters: 2,
      kernelSize: [2, 5],
      strides: [3, 2],
      outputPadding: [2, 0],
      activation: "relu",
    }),
  ],
  "transposed, with kernels less than the strides, and dilated": () => [
    layers.conv1dTranspose({ filters: 3, kernelSize: 2, strides: 3, padding: "same", inputShape: [4, 2] }),
    layers.conv1dTranspose({ filters: 4, kernelSize: 3, dilationRate: 2, padding: "same" }),
  ],
  "channels first": () => [
    layers.conv2d({ filters: 4, kernelSize: 3, strides: [1, 2], dataFormat: "channels_first", inputShape: [2, 5, 6] }),
  ],
};

function createModel(body: readonly layers.Layer[]): Sequential {
  return scramble(sequential([...body, layers.flatten(), layers.dense({ units: 3, activation: "tanh" })], { seed: 1 }));
}

for (const [what, create] of Object.entries(MODELS)) {
  Deno.test(`edge = model = module: ${what}`, async () => {
    const model = createModel(create()), inputShape = model.network.inputShape as readonly number[];
    const x = draw(SAMPLES * inputShape.reduce((a, b) => a * b), 3),
      data = { data: x, shape: [SAMPLES, ...inputShape] };
    const want = model.predict(data).data;
    const near = (found: ArrayLike<number>, tolerance: number, by: string): void => {
      assertEquals(found.length, want.length);
      want.forEach((w, i) => assertAlmostEquals(found[i], w, tolerance, `${by} [${i}]`));
    };
    const bytes = compileModel(model);
    near(load(bytes).predictBatch(x), 1e-5, "wasm");
    near(load(bytes, { engine: "javascript" }).predictBatch(x), 1e-5, "javascript");
    const module = await import(`data:text/javascript,${encodeURIComponent(toModule(model))}`);
    const nest = (from: number, [first, ...rest]: readonly number[]): unknown =>
      first === undefined
        ? x[from]
        : Array.from({ length: first }, (_, i) => nest(from + i * rest.reduce((a, b) => a * b, 1), rest));
    near((module.predict(nest(0, [SAMPLES, ...inputShape])) as number[][]).flat(), 1e-5, "module");
    // Kernels in fewer bits: 2^-11 and 1/254 of the largest weight, over sums of some dozen terms.
    for (const [weights, tolerance] of [["float16", 5e-3], ["int8", 6e-2]] as const) {
      const small = compileModel(model, { weights, calibration: data });
      near(load(small).predictBatch(x), tolerance, weights);
      assert(describeCompiled(small).report!.maxError <= tolerance, weights);
    }
  });
}

Deno.test("what scales the result of a convolution is folded into it, and relu fused", () => {
  const bytes = compileModel(createModel(MODELS["a network with a normalization behind each"]()));
  assertEquals(describeCompiled(bytes).operations, [
    "conv_relu",
    "conv_relu",
    "normalize_columns_offset", // behind a relu
    "matmul",
    "tanh",
  ]);
});

const MODULE = new WebAssembly.Module(
  await Deno.readFile(new URL("../../src/edge/blocks_kernels.wasm", import.meta.url)),
);
const ENTRY: Entry = { runtime: blocksRuntime, module: MODULE, load };

Deno.test("500 programs of convolutions with other numbers and arguments are refused or run within their memory", () => {
  const good = withDescription(compileModel(createModel(MODELS["transposed, with strides"]())), () => {});
  assert(tryFile(good, ENTRY));
  const dice = createDice(7), values = [...HOSTILE_VALUES, -3, -(2 ** 31), 2 ** 30, { scratch: 0 }, { scratch: 200 }];
  let ran = 0;
  for (let i = 0; i < 500; i++) if (tryFile(changeValues(good, values, dice), ENTRY)) ran++;
  assert(ran > 15, `${ran} ran`);
});
