import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { compileModel, describeCompiled, FileFormatError, layers, loadModel, sequential, toModule } from "../../mod.ts";
import { readSafetensors } from "../../src/files/read_safetensors.ts";
import { writeSafetensors } from "../../src/files/write_safetensors.ts";
import { load } from "../../src/edge/load.ts";

const columns = ["length", "width"];
const labels = ["ape", "bee", "cat"];
const stack = () => [layers.dense({ units: 3, activation: "softmax", inputShape: [2] })];

Deno.test("the names of columns and outputs are in the model, its file, what is compiled of it, and its module", async () => {
  const given = [...columns];
  const model = sequential(stack(), { columns: given, labels });
  given[0] = "changed";
  assertEquals([model.columns, model.labels], [columns, labels]);
  const again = await loadModel(model.toBytes());
  assertEquals([again.columns, again.labels], [columns, labels]);
  assertEquals(again.toBytes(), model.toBytes());
  const bytes = compileModel(again);
  const { inputs: [input], outputs: [output] } = describeCompiled(bytes);
  assertEquals([input.columns, output.labels], [columns, labels]);
  const edge = load(bytes);
  assertEquals([edge.inputs[0].columns, edge.outputs[0].labels], [columns, labels]);
  assertStringIncludes(toModule(again), `labels = ["ape","bee","cat"]`);
  // What compileModel and toModule are told comes first.
  assertEquals(describeCompiled(compileModel(again, { labels: ["x", "y", "z"] })).outputs[0].labels, ["x", "y", "z"]);
  assertStringIncludes(toModule(again, { labels: ["x", "y", "z"] }), `labels = ["x","y","z"]`);
});

Deno.test("a model without names has none, and neither has its file", async () => {
  const model = sequential(stack());
  assertEquals([model.columns, model.labels], [null, null]);
  const text = new TextDecoder().decode(model.toBytes());
  assertEquals([text.includes("columns"), text.includes("labels")], [false, false]);
  assertEquals((await loadModel(model.toBytes())).columns, null);
  const { inputs: [input], outputs: [output] } = describeCompiled(compileModel(model));
  assertEquals([input.columns, output.labels], [undefined, undefined]);
});

Deno.test("wrong names are refused: when the model is made, built, or read from a file", async () => {
  assertThrows(() => sequential(stack(), { columns: "ab" } as never), TypeError, "columns must be an array of strings");
  assertThrows(
    () => sequential(stack(), { labels: [1, 2, 3] } as never),
    TypeError,
    "labels must be an array of strings",
  );
  assertThrows(
    () => sequential(stack(), { labels: ["a", "b", "\u001b[2J"] }),
    RangeError,
    "must have no control characters",
  );
  assertThrows(
    () => sequential(stack(), { columns: ["a"] }),
    TypeError,
    "columns must have one name for each of the 2 elements of the last axis of [batch, 2], got 1",
  );
  const later = sequential([layers.dense({ units: 3 })], { labels: ["a", "b"] });
  assertThrows(() => later.build([2]), TypeError, "labels must have one name for each of the 3 elements");
  assertEquals(later.isBuilt, false);
  // A file whose names do not fit; a file without a checksum is taken as it is.
  const { tensors, metadata } = readSafetensors(sequential(stack(), { labels }).toBytes());
  const description = metadata.get("retroprop")!.replace('"ape",', "");
  const changed = writeSafetensors([...tensors.values()], { retroprop: description });
  await assertRejects(
    () => loadModel(changed),
    FileFormatError,
    "labels must have one name for each of the 3 elements",
  );
});
