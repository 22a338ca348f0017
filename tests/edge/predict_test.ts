import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { type EdgeLoadOptions, load } from "../../src/edge/edge.ts";
import { compileModel } from "../../src/export/compile_model.ts";
import { toModule } from "../../src/export/to_module.ts";
import { sizeOf } from "../../src/tensor/size_of.ts";
import { draw, sampleModels } from "./sample_models.ts";

/**
 * Folding rounds the weights anew, a fused product rounds once: errors of some units in the last place of the sums. The models' sums
 * stay below 20.
 */
const TOLERANCE = 2e-5;
const ENGINES: readonly EdgeLoadOptions[] = [{}, { numerics: "portable" }, { engine: "javascript" }];

for (const [name, create] of Object.entries(sampleModels)) {
  Deno.test(`a compiled model predicts as the model does: ${name}`, async () => {
    const model = create();
    const bytes = compileModel(model);
    const { inputs: [inputShape], outputs: [outputShape] } = model.network.settle(null);
    const width = sizeOf(inputShape);
    const rows = 300; // more than one block
    const input = draw(rows * width, 9).map((v) => name === "wide" ? 127 + 127 * v : v);
    const wanted = model.predict({ data: input, shape: [rows, ...inputShape] }).data;
    const outputs = sizeOf(outputShape);
    const module = await import(`data:text/javascript,${encodeURIComponent(toModule(model))}`);
    const own = module.predict([nest(input.subarray(0, width), inputShape)]);
    own.flat(Infinity).forEach((v: number, i: number) => assertAlmostEquals(v, wanted[i], TOLERANCE));
    for (const options of ENGINES) {
      const edge = load(bytes, options);
      assertEquals(edge.inputs[0].shape, inputShape);
      assertEquals(edge.outputs[0].shape, outputShape);
      const found = edge.predictBatch(input);
      assertEquals(found.length, wanted.length);
      found.forEach((v, i) => assertAlmostEquals(v, wanted[i], TOLERANCE, `${edge.engine}, element ${i}`));
      for (const at of [0, 1, 299]) { // one row alone gives the same bits as in a batch
        const one = edge.predict(nest(input.subarray(at * width, (at + 1) * width), inputShape));
        assertEquals([one].flat(Infinity as 1), [...found.subarray(at * outputs, (at + 1) * outputs)]);
      }
      const output = new Float32Array(wanted.length);
      edge.run(input, output);
      assertEquals(output, found);
    }
  });
}

/** Nested arrays of a shape. */
function nest(values: Float32Array, shape: readonly number[]): number[] {
  if (shape.length === 1) return [...values];
  const size = values.length / shape[0];
  return Array.from(
    { length: shape[0] },
    (_, i) => nest(values.subarray(i * size, (i + 1) * size), shape.slice(1)),
  ) as never;
}

Deno.test("the engines are those that were asked for", () => {
  const bytes = compileModel(sampleModels.xor());
  assert(["wasm-fast", "wasm-portable"].includes(load(bytes).engine));
  assertEquals(load(bytes, { numerics: "portable" }).engine, "wasm-portable");
  assertEquals(load(bytes, { engine: "javascript" }).engine, "javascript");
});

for (const file of ["kernels.wasm", "kernels_fast.wasm"]) {
  Deno.test(`a ready module runs models: ${file}`, async () => {
    const module = new WebAssembly.Module(await Deno.readFile(new URL(`../../src/edge/${file}`, import.meta.url)));
    assertEquals(WebAssembly.Module.imports(module), []);
    const model = sampleModels.xor();
    const edge = load(compileModel(model), { module });
    assertEquals(edge.engine, "wasm-module");
    assertAlmostEquals((edge.predict([0, 1]) as number[])[0], model.predict([[0, 1]]).data[0], 1e-6);
  });
}

Deno.test("without WebAssembly, or where it may not be compiled, a model runs in JavaScript", () => {
  const bytes = compileModel(sampleModels.xor());
  const wanted = load(bytes).predict([1, 0]) as number[];
  const { WebAssembly: kept } = globalThis;
  try {
    // deno-lint-ignore no-explicit-any
    (globalThis as any).WebAssembly = undefined;
    const edge = load(bytes);
    assertEquals(edge.engine, "javascript");
    assertAlmostEquals((edge.predict([1, 0]) as number[])[0], wanted[0], 1e-6);
  } finally {
    globalThis.WebAssembly = kept;
  }
});

Deno.test("a model loads from a response, a stream, a URL and promises of these", async () => {
  const bytes = compileModel(sampleModels.xor());
  const wanted = load(bytes).predict([1, 0]);
  const response = (): Response => new Response(bytes);
  const url = new URL(`data:application/octet-stream;base64,${bytes.toBase64()}`);
  for (const source of [response(), response().body!, url, Promise.resolve(response()), Promise.resolve(bytes)]) {
    assertEquals((await load(source)).predict([1, 0]), wanted);
  }
  assertEquals(load(bytes.buffer).predict([1, 0]), wanted);
});
