import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { compileModel, describeCompiled, input, layers, model, sequential, toModule } from "../../mod.ts";
import { load } from "../../src/edge/edge.ts";
import { drawSequences } from "../models/open_models.ts";

const open = sequential([
  layers.dense({ units: 5, activation: "tanh", inputShape: [null, 3] }),
  layers.permute({ dims: [2, 1] }),
  layers.permute({ dims: [2, 1] }),
  layers.dense({ units: 2 }),
], { seed: 3 });

Deno.test("a model with an unknown length is compiled for one that is given, and a module is made for it", async () => {
  const x = drawSequences(6, 7, 1);
  const wanted = open.predict(x).data;
  const bytes = compileModel(open, { inputShape: [7, 3], calibration: x, weights: "float32" });
  assertEquals(describeCompiled(bytes).inputs[0].shape, [7, 3]);
  assertEquals(describeCompiled(bytes).outputs[0].shape, [7, 2]);
  for (const engine of ["auto", "javascript"] as const) {
    const edge = load(bytes, { engine });
    const found = edge.predictBatch(Float32Array.from(x.flat(2)));
    found.forEach((value, i) => assertAlmostEquals(value, wanted[i], 1e-6));
    assertThrows(() => edge.predict(drawSequences(1, 6, 1)[0]), TypeError);
  }
  const { predict, inputShape } = await import(
    `data:text/javascript,${encodeURIComponent(toModule(open, { inputShape: [7, 3] }))}`
  );
  assertEquals(inputShape, [7, 3]);
  (predict(x).flat(2) as number[]).forEach((value, i) => assertAlmostEquals(value, wanted[i], 1e-6));
  // Of a model whose lengths are known the option says nothing new.
  const known = sequential([layers.dense({ units: 2, inputShape: [4] })]);
  assertEquals(compileModel(known, { inputShape: [4] }), compileModel(known));
});

Deno.test("without the length, or with another shape, nothing is compiled", () => {
  const rule = 'the lengths of all axes must be known, but the model has input "input" [batch, null, 3]; ' +
    "give the option inputShape, the shape of one sample";
  assertThrows(() => compileModel(open), TypeError, `Cannot compile model: ${rule}`);
  assertThrows(() => toModule(open), TypeError, `Cannot make a module: ${rule}`);
  assertThrows(
    () => compileModel(open, { inputShape: [7, 4] }),
    TypeError,
    'inputShape must fit samples of input "input", of shape [null, 3], got [7, 4]',
  );
  assertThrows(
    () => compileModel(open, { inputShape: [null, 3] as never }),
    RangeError,
    "inputShape must be an array of integers",
  );
  assertThrows(() => compileModel(open, { inputShape: 7 as never }), TypeError, "inputShape");
  assertThrows(
    () => compileModel(open, { inputShape: [7, 3], calibration: drawSequences(2, 8, 1) }),
    TypeError,
    "x must have shape [batch, 7, 3], got [2, 8, 3]",
  );
  const two = [input({ shape: [null, 3], name: "a" }), input({ shape: [null, 3], name: "b" })];
  assertThrows(() => compileModel(model({ inputs: two, outputs: layers.add().apply(two) })), TypeError, "got 2 inputs");
});
