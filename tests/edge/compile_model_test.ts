import { assert, assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { FileFormatError, load } from "../../src/edge/edge.ts";
import { readSafetensors } from "../../src/files/read_safetensors.ts";
import { Layer } from "../../src/layers/layer.ts";
import type { Tracing } from "../../src/layers/tracing.ts";
import * as layers from "../../src/layers/layers.ts";
import { compileModel } from "../../src/export/compile_model.ts";
import { describeCompiled } from "../../src/export/describe_compiled.ts";
import { sequential } from "../../src/models/sequential.ts";
import { toModule } from "../../src/export/to_module.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";
import { draw, sampleModels, scramble } from "./sample_models.ts";

const rows = (count: number, width: number, shift = 0): { data: Float32Array; shape: number[] } => ({
  data: draw(count * width, 5).map((v) => v + shift),
  shape: [count, width],
});

Deno.test("float16 and int8 take a half and a quarter, and the outputs move as rounding says", () => {
  const model = scramble(sequential([layers.dense({ units: 200, inputShape: [300] })]));
  const x = rows(64, 300);
  const full = model.predict(x).data;
  const [kernel, bias] = model.getWeights();
  const sizes = { float32: 4, float16: 2, int8: 1 };
  for (const weights of ["float32", "float16", "int8"] as const) {
    const bytes = compileModel(model, { weights });
    assert(bytes.length < 60_000 * sizes[weights] + 4000, `${weights}: ${bytes.length} bytes`);
    const found = load(bytes).predictBatch(x.data);
    found.forEach((v, i) => {
      const [r, j] = [Math.floor(i / 200), i % 200];
      let sum = Math.abs(bias.data[j]);
      let largest = 0;
      let inputs = 0;
      for (let p = 0; p < 300; p++) {
        const w = Math.abs(kernel.data[p * 200 + j]);
        sum += Math.abs(x.data[r * 300 + p]) * w;
        inputs += Math.abs(x.data[r * 300 + p]);
        largest = Math.max(largest, w);
      }
      // A weight moves by half a unit: 2^-11 of itself (float16), 1/254 of the column's largest (int8).
      const moved = weights === "float32" ? 0 : weights === "float16" ? sum * 2 ** -11 : inputs * largest / 254;
      assert(Math.abs(v - full[i]) <= moved + 600 * 2 ** -24 * sum, `${weights}: ${v} for ${full[i]}`);
    });
  }
});

Deno.test("calibration takes the mean error out of the biases and reports what remains", () => {
  const model = scramble(sequential([
    layers.dense({ units: 32, activation: "relu", inputShape: [64] }),
    layers.dense({ units: 8, activation: "softmax" }),
  ]));
  const calibration = rows(200, 64, 3); // far from mean 0: the errors of int8 weights add up to a shift
  const full = model.predict(calibration).data;
  const errorOf = (bytes: Uint8Array): { max: number; mean: number } => {
    const found = load(bytes).predictBatch(calibration.data);
    const errors = found.map((v, i) => Math.abs(v - full[i]));
    return { max: Math.max(...errors), mean: errors.reduce((a, b) => a + b) / errors.length };
  };
  const bytes = compileModel(model, { weights: "int8", calibration });
  const plain = errorOf(compileModel(model, { weights: "int8" }));
  const corrected = errorOf(bytes);
  assert(corrected.mean < 0.8 * plain.mean, `${corrected.mean} for ${plain.mean}`);
  const { report, weights } = describeCompiled(bytes);
  assertEquals([weights, report!.samples], ["int8", 200]);
  assertAlmostEquals(report!.maxError, corrected.max, 1e-5);
  assertAlmostEquals(report!.meanError, corrected.mean, 1e-5);
  assert(report!.agreement > 0.9 && report!.agreement <= 1);
  assertEquals(describeCompiled(compileModel(model)).report, null);
});

Deno.test("every calibration sample counts once, whatever their number", () => {
  const model = scramble(sequential([layers.dense({ units: 8, inputShape: [16] })]));
  const nine = rows(9, 16, 3);
  const repeated = {
    data: Float32Array.from({ length: 8 * 9 * 16 }, (_, i) => nine.data[i % (9 * 16)]),
    shape: [72, 16],
  };
  const [few, many] = [nine, repeated].map((calibration) => {
    const { tensors } = readSafetensors(compileModel(model, { weights: "int8", calibration }));
    return [...tensors].filter(([name]) => name.includes("bias")).flatMap(([, { data }]) =>
      Array.from(data as Float32Array)
    );
  });
  assertEquals(few.length, 8);
  few.forEach((bias, i) => assertAlmostEquals(bias, many[i], 1e-6 * Math.max(1, Math.abs(bias))));
});

Deno.test("float16 weights come back as IEEE 754 says: normal, subnormal, tied and too large numbers", () => {
  const given = [1, -0.1, 65504, 2 ** -24, 3 * 2 ** -26, 1 + 2 ** -11, 1 + 3 * 2 ** -11, -0, 2 ** -14, 1e-9];
  const wanted = [1, -0.0999755859375, 65504, 2 ** -24, 2 ** -24, 1, 1 + 2 ** -9, -0, 2 ** -14, 0];
  const model = sequential([layers.dense({ units: 10, inputShape: [1], useBias: false })]);
  model.setWeights({ "dense/kernel": [given] });
  const bytes = compileModel(model, { weights: "float16" });
  for (const engine of ["auto", "javascript"] as const) {
    assertEquals(
      [...load(bytes, { engine }).predictBatch(Float32Array.of(1))].map((v) => v + 0),
      wanted.map((v) => v + 0),
    );
  }
  model.setWeights({ "dense/kernel": [given.map((v) => 2 * v)] });
  const large = readSafetensors(compileModel(model, { weights: "float16" }));
  assertEquals(large.tensors.get("dense/kernel")!.dtype, "F32", "131008 is no float16");
});

Deno.test("dropout goes, scalings fold into products, relu joins them", () => {
  assertEquals(describeCompiled(compileModel(sampleModels.wide())).operations, [
    "matmul_relu",
    "matmul_relu",
    "matmul",
    "softmax",
  ]);
  assertEquals(describeCompiled(compileModel(sampleModels.normalized())).operations, [
    "matmul",
    "tanh",
    "matmul",
    "log_softmax",
  ]);
  assertEquals(describeCompiled(compileModel(sampleModels.wide(), { weights: "int8" })).operations[0], "affine");
  assertEquals(describeCompiled(compileModel(sampleModels.nothing())).operations, []);
});

Deno.test("a normalization by far more than its deviation is not folded: the product would lose digits", () => {
  const model = scramble(sequential([
    layers.normalization({ inputShape: [2], mean: [0, 0], variance: [1, 1] }),
    layers.dense({ units: 2 }),
  ]));
  model.setWeights({ "normalization/mean": [1e6, -1e6], "normalization/variance": [1, 4] });
  const bytes = compileModel(model);
  assertEquals(describeCompiled(bytes).operations, ["normalize_columns", "matmul"]);
  const x = [[1e6 + 1, -1e6 - 2]];
  [...load(bytes).predict(x) as number[][]].flat().forEach((v, i) =>
    assertAlmostEquals(v, model.predict(x).data[i], 0.1)
  );
  assertEquals(describeCompiled(bytes).inputs[0].normalization?.scale, [1, 0.5]);
});

Deno.test("labels and ports are kept", () => {
  const model = sequential([layers.dense({ units: 3, activation: "softmax", inputShape: [2] })], { name: "irises" });
  const bytes = compileModel(model, { labels: ["a", "b", "<c>"] });
  const edge = load(bytes);
  assertEquals(edge.name, "irises");
  assertEquals(edge.outputs, [{ name: "y", shape: [3], labels: ["a", "b", "<c>"] }]);
  assertEquals(edge.inputs, [{ name: "x", shape: [2] }]);
  assertThrows(() => compileModel(model, { labels: ["a"] }), TypeError, "labels must be an array of 3 strings");
  assertThrows(() => compileModel(model, { weights: "int4" as "int8" }), RangeError, "weights must be");
});

/** A layer that works on the whole batch: the mean of every column. */
class ColumnSums extends Layer {
  override get config(): Record<string, never> {
    return {};
  }
  override call(t: Tracing, x: Symbolic): Symbolic {
    const sums = t.graph.apply("sum_columns", [x]);
    return t.graph.apply("scale_columns", [x, sums]);
  }
}

Deno.test("what mixes samples cannot be compiled, and the message names the layer", () => {
  const model = sequential([new ColumnSums("column_sums", { inputShape: [3], name: "sums" }, [])]);
  assertThrows(() => compileModel(model), RangeError, 'sum_columns of layer "sums" does not work sample by sample');
});

Deno.test("a model file is no compiled model", () => {
  const bytes = sampleModels.xor().toBytes();
  assertThrows(() => load(bytes), FileFormatError, "the file must come from compileModel");
  assertThrows(() => describeCompiled(bytes), FileFormatError, "the file must come from compileModel");
});

Deno.test("the module of XOR is plain arithmetic of under 2 kB gzipped; names cannot break out of comments", async () => {
  const source = toModule(sampleModels.xor(), { labels: ["true\u2028"] });
  assert(!/Float32Array|import|atob/.test(source));
  const gzipped = new Blob([source]).stream().pipeThrough(new CompressionStream("gzip"));
  assert((await new Response(gzipped).arrayBuffer()).byteLength <= 2000);
  const named = sequential([layers.dense({ units: 20, inputShape: [20], name: "a *; throw 1;" })], {
    name: "b */ throw 2; `${",
  });
  const module = await import(`data:text/javascript,${encodeURIComponent(toModule(named))}`);
  assertEquals(module.predict(new Float32Array(20)), new Array(20).fill(0));
  assertThrows(() => module.predict([1, "2"]), TypeError, "a sample must be 20 finite numbers");
  assertStringIncludes(toModule(named), "atob");
});
