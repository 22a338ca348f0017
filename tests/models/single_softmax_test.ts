import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { activations, input, layers, loadModel, model, sequential } from "../../mod.ts";
import type { Layer, Sequential } from "../../mod.ts";
import { readSafetensors } from "../../src/files/read_safetensors.ts";
import { writeSafetensors } from "../../src/files/write_safetensors.ts";

const OPTIONS = { optimizer: "sgd", loss: "mse" } as const;
const MESSAGE =
  /^Cannot train: layer "[a-z_0-9]+" has softmax over a single unit, which is always 1, so that nothing is learnt; .*sigmoid/;
const X = [[0, 1], [1, 0]];

/** Models with a softmax, or its logarithm, over so many units at the end or in the middle. */
function list(units: number, inputShape: number[] | undefined): Sequential[] {
  const shape = inputShape === undefined ? {} : { inputShape };
  const stacks: Layer[][] = [
    [layers.dense({ units, activation: "softmax", ...shape })],
    [layers.dense({ units, activation: activations.logSoftmax(), ...shape })],
    [layers.dense({ units, ...shape }), layers.softmax()],
    [layers.dense({ units, ...shape }), layers.activation({ activation: "softmax" })],
    [layers.dense({ units, activation: "softmax", ...shape }), layers.dense({ units: 3 })],
  ];
  return stacks.map((stack) => sequential(stack));
}

Deno.test("softmax over one unit is refused when training is settled", async () => {
  for (const model of list(1, [2])) {
    const error = assertThrows(() => model.compile(OPTIONS), TypeError);
    assertEquals(MESSAGE.test(error.message), true, error.message);
    assertEquals(model.predict(X).shape[0], 2, "it can be looked at");
  }
  for (const model of list(1, undefined)) {
    model.compile(OPTIONS);
    const error = await assertRejects(() => model.fit(X, [[1], [0]], { verbose: 0 }), TypeError);
    assertEquals(MESSAGE.test(error.message), true, error.message);
    assertThrows(() => model.build([2]), TypeError, "softmax over a single unit");
    assertEquals(model.isBuilt, false);
  }
});

Deno.test("inside a model in the model, too", () => {
  const build = (units: number) => {
    const inner = sequential([layers.dense({ units, activation: "softmax", name: "deep", inputShape: [2] })]);
    const x = input({ shape: [2] });
    return model({ inputs: x, outputs: sequential([inner, layers.dense({ units: 1 })]).apply(x) });
  };
  const error = assertThrows(() => build(1).compile(OPTIONS), TypeError);
  assertEquals(MESSAGE.test(error.message), true, error.message);
  assertEquals(error.message.includes('"deep"'), true, error.message);
  build(2).compile(OPTIONS);
});

Deno.test("with two units it is not", () => {
  for (const model of list(2, [2])) model.compile(OPTIONS);
});

Deno.test("a file of such a model loads, and is refused at fit", async () => {
  const model = sequential([layers.dense({ units: 1, inputShape: [2] })]);
  model.compile(OPTIONS);
  const { tensors, metadata } = readSafetensors(model.toBytes());
  const description = JSON.parse(metadata.get("retroprop")!);
  description.model.layers[0].config.activation = { id: "softmax", config: {} };
  const loaded = await loadModel(writeSafetensors([...tensors.values()], { retroprop: JSON.stringify(description) }));
  assertEquals(loaded.predict(X).toArray(), [[1], [1]]);
  await assertRejects(() => loaded.fit(X, [[1], [0]], { verbose: 0 }), TypeError, "softmax over a single unit");
});
