import { assert, assertEquals, assertThrows } from "@std/assert";
import { input, layers, loadModel, model as graph, sequential } from "../../mod.ts";
import type { Sequential } from "../../mod.ts";
import { readSafetensors } from "../../src/files/read_safetensors.ts";
import { drawNumbers } from "./draw_numbers.ts";

const X = drawNumbers(12, 3, 1);
const Y = drawNumbers(12, 1, 2);

/** Three layers, of which those named are frozen from the beginning. */
function build(frozen: readonly number[] = [], seed = 3): Sequential {
  const dense = (units: number, i: number, inputShape?: number[]) =>
    layers.dense({ units, activation: "tanh", trainable: !frozen.includes(i), ...(inputShape ? { inputShape } : {}) });
  return sequential([dense(5, 0, [3]), dense(4, 1), dense(1, 2)], { seed });
}

const compile = (model: Sequential): void =>
  model.compile({ optimizer: { id: "adam", config: { learningRate: 0.05 } }, loss: "mse" });
const train = (model: Sequential) => model.fit(X, Y, { epochs: 3, batchSize: 4, verbose: 0, workers: 1 });
const bits = (model: Sequential): number[] =>
  model.getWeights().flatMap(({ data }) => [...new Uint32Array(data.slice().buffer)]);

Deno.test("trainable takes effect at the next compile: the same bits as a model that was made so", async () => {
  for (const frozen of [[0], [1], [2], [0, 2], [0, 1, 2]]) {
    const expected = build(frozen);
    compile(expected);
    await train(expected);

    const model = build();
    compile(model);
    for (const i of frozen) model.layers[i].trainable = false;
    compile(model);
    const history = await train(model);
    assertEquals(bits(model), bits(expected), `frozen ${frozen}`);
    assert(Number.isFinite(history.history.loss[2]));

    // And back: they are trained again.
    const before = model.getWeights();
    for (const i of frozen) model.layers[i].trainable = true;
    compile(model);
    await train(model);
    model.getWeights().forEach((w, i) => assert(String(w.data) !== String(before[i].data), `weight ${i}`));
  }
});

Deno.test("until compile a change of trainable changes nothing in training, and the summary tells of it", async () => {
  const [model, other] = [build(), build()];
  for (const each of [model, other]) compile(each);
  model.layers[1].trainable = false;
  await train(model);
  await train(other);
  assertEquals(bits(model), bits(other));
  assertEquals(model.weights.map((w) => w.trainable), [true, true, false, false, true, true]);
  assert(model.summary().includes("Non-trainable params: 24 "), model.summary());
});

Deno.test("a loaded model can be frozen, and one with frozen layers can be thawed", async () => {
  const first = build([1]);
  compile(first);
  await train(first);
  const loaded = await loadModel(first.toBytes());
  assertEquals(loaded.layers.map((layer) => layer.trainable), [true, false, true]);
  loaded.layers[0].trainable = false;
  loaded.layers[1].trainable = true;
  compile(loaded);
  const before = loaded.getWeights();
  await train(loaded);
  const changed = loaded.getWeights().map((w, i) => String(w.data) !== String(before[i].data));
  assertEquals(changed, [false, false, true, true, true, true]);
});

Deno.test("a loaded model with frozen layers is as its file says until compile: it trains, and saves what loads", async () => {
  for (const epochs of [0, 3]) {
    const first = build([1]);
    compile(first);
    if (epochs > 0) await train(first);
    const loaded = await loadModel(first.toBytes());
    loaded.layers[1].trainable = true;
    await loadModel(loaded.toBytes());
    await train(loaded);
    await train(first);
    assertEquals(bits(loaded), bits(first), "frozen as compile had settled it");
    const again = await loadModel(loaded.toBytes());
    assertEquals(again.layers[1].trainable, true);
    compile(again);
    const before = again.getWeights();
    await train(again);
    assert(String(again.getWeights()[2].data) !== String(before[2].data), "thawed since compile");
  }
});

Deno.test("a file goes on as its model does, also where trainable was changed after compile", async () => {
  const model = build([2]);
  compile(model);
  await train(model);
  model.layers[0].trainable = false;
  model.layers[2].trainable = true;
  const loaded = await loadModel(model.toBytes());
  assertEquals(loaded.layers.map((layer) => layer.trainable), [false, true, true]);
  await train(model);
  await train(loaded);
  assertEquals(bits(loaded), bits(model), "as compile settled it");
  assertEquals(loaded.toBytes(), model.toBytes());
  compile(model);
  compile(loaded);
  const before = model.getWeights();
  await train(model);
  await train(loaded);
  assertEquals(bits(loaded), bits(model), "as trainable says since compile");
  assertEquals(String(model.getWeights()[0].data), String(before[0].data));
});

Deno.test("frozen weights have no gradient and no slots, in memory and in the file", async () => {
  const model = build();
  model.layers[0].trainable = false;
  compile(model);
  await train(model);
  const trained = 24 + 8; // kernel 5×4 and bias 4; kernel 4×1 and bias 1, each on a multiple of 4
  const { trainer } = model;
  const { stateBlocks } = trainer;
  assertEquals(stateBlocks.length, 2);
  for (const block of ["gradients", ...stateBlocks]) assertEquals(trainer.viewOf(block).length, trained, block);
  const names = [...readSafetensors(model.toBytes()).tensors.keys()];
  assertEquals(names.filter((name) => name.endsWith("dense/kernel")), ["dense/kernel"]);
  assertEquals(names.filter((name) => name.endsWith("dense_1/kernel")).length, 3);
});

Deno.test("the penalty of a frozen layer is no part of the loss, as in Keras", () => {
  const make = (trainable: boolean) => {
    const model = sequential([
      layers.dense({ units: 1, kernelInitializer: "ones", kernelRegularizer: "l2", trainable, inputShape: [3] }),
    ]);
    model.compile({ optimizer: "sgd", loss: "mse" });
    return model.evaluate([[1, 2, 3]], [[6]]).loss;
  };
  assertEquals(Math.fround(make(true)), Math.fround(0.03), "l2 0.01 of three ones");
  assertEquals(make(false), 0);
});

Deno.test("trainable takes true or false only", () => {
  const [layer] = build().layers;
  // deno-lint-ignore no-explicit-any
  assertThrows(() => layer.trainable = "false" as any, TypeError, 'trainable must be true or false, got "false"');
  assertEquals(layer.trainable, true);
});

Deno.test("trainable of a model is that of all its layers, also where it is a layer of another one", async () => {
  const base = build();
  const x = input({ shape: [3] });
  const whole = graph({ inputs: x, outputs: layers.dense({ units: 1, name: "head" }).apply(base.apply(x)) });
  const train = async () => {
    whole.compile({ optimizer: "sgd", loss: "mse" });
    const before = whole.getWeights();
    await whole.fit(X, Y, { batchSize: 4, verbose: 0, workers: 1 });
    return whole.getWeights().flatMap(({ data }, i) => data.some((value, j) => value !== before[i].data[j]) ? [i] : []);
  };
  assertEquals([base.trainable, whole.trainable], [true, true]);
  base.trainable = false;
  assertEquals([base.trainable, whole.trainable, base.layers.map((layer) => layer.trainable)], [
    false,
    true,
    [false, false, false],
  ]);
  assertEquals(await train(), [6, 7], "the head alone");
  whole.trainable = true;
  assertEquals(await train(), [0, 1, 2, 3, 4, 5, 6, 7]);
  // deno-lint-ignore no-explicit-any
  assertThrows(() => base.trainable = "no" as any, TypeError, 'trainable must be true or false, got "no"');
});
