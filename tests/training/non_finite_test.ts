import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { input, layers, model, NonFiniteError, optimizers, sequential } from "../../mod.ts";
import type { Sequential } from "../../mod.ts";
import { drawNumbers } from "../models/draw_numbers.ts";
import { hashWeights } from "../models/hash_weights.ts";

const X = drawNumbers(12, 3, 1);
const Y = drawNumbers(12, 1, 2);
const QUIET = { verbose: 0 } as const;

function build(rate: number, loss = "mse"): Sequential {
  const model = sequential([
    layers.dense({ units: 8, activation: "relu", inputShape: [3], name: "first" }),
    layers.dense({ units: 8, activation: "relu", name: "second" }),
    layers.dense({ units: 1, name: "last" }),
  ], { seed: 1 });
  model.compile({ optimizer: optimizers.sgd({ learningRate: rate }), loss });
  return model;
}

function isFinite(model: Sequential): boolean {
  return model.getWeights().every(({ data }) => data.every(Number.isFinite));
}

Deno.test("a training that explodes stops with layer, epoch and batch, at its last finished step", async () => {
  const model = build(1e30);
  const error = await assertRejects(
    () => model.fit(X, Y, { epochs: 3, batchSize: 4, shuffle: false, ...QUIET }),
    NonFiniteError,
  );
  // The first step makes weights of about 1e30; in the second the product of two layers overflows.
  assertEquals([error.layer, error.epoch, error.batch], ["second", 0, 1]);
  assert(/epoch 1, batch 2: the output of layer "second"/.test(error.message), error.message);
  assert(/learning rate/.test(error.message) && /clipnorm/.test(error.message), error.message);
  assert(isFinite(model));
  const one = build(1e30);
  one.trainOnBatch(X.slice(0, 4), Y.slice(0, 4));
  assertEquals(hashWeights(model), hashWeights(one));
  assertEquals(model.iteration, 1);
});

Deno.test("trainOnBatch stops in the same way", () => {
  const model = build(1e30);
  model.trainOnBatch(X, Y);
  const before = hashWeights(model);
  assertThrows(() => model.trainOnBatch(X, Y), NonFiniteError, 'layer "second"');
  assertEquals(hashWeights(model), before);
  assert(isFinite(model));
});

Deno.test("an output that overflows only in the loss is named so", async () => {
  const model = sequential([layers.dense({ units: 1, inputShape: [1], name: "only", useBias: false })]);
  model.compile({ optimizer: "sgd", loss: "mse" });
  model.setWeights([[[1e25]]]);
  const error = await assertRejects(() => model.fit([1], [0], QUIET), NonFiniteError);
  assertEquals([error.layer, error.epoch, error.batch], [null, 0, 0]);
  assert(
    error.message.includes("the loss is the first value that is not finite, for predictions from 1.0e+25 to 1.0e+25."),
    error.message,
  );
  assertEquals(model.getWeights()[0].data[0], Math.fround(1e25));
});

Deno.test("a penalty that overflows names its weight and layer, and one of several losses its output", async () => {
  const penalised = sequential([
    layers.dense({ units: 1, inputShape: [1], name: "first" }),
    layers.dense({ units: 1, name: "last", kernelRegularizer: "l2" }),
  ]);
  penalised.compile({ optimizer: "sgd", loss: "mse" });
  penalised.setWeights({ "last/kernel": [[1e25]] });
  const error = await assertRejects(() => penalised.fit([0], [0], QUIET), NonFiniteError);
  assertEquals([error.layer, error.epoch, error.batch], ["last", 0, 0]);
  assert(error.message.includes('the penalty on "last/kernel" is the first value'), error.message);
  const x = input({ shape: [1] });
  const ends = [1, 2].map((i) => layers.dense({ units: 1, name: `end_${i}`, useBias: false }).apply(x));
  const two = model({ inputs: x, outputs: ends });
  two.compile({ optimizer: "sgd", loss: "mse" });
  two.setWeights([[[1]], [[1e25]]]);
  await assertRejects(
    () => two.fit([1], [[0], [0]], QUIET),
    NonFiniteError,
    'the loss of output "end_2" is the first value',
  );
});

Deno.test("weights that a step makes infinite although its loss was finite are found before the fit ends", async () => {
  const model = build(3e38);
  const error = await assertRejects(
    () => model.fit(X, Y.map(([y]) => [100 * y]), { epochs: 1, batchSize: 12, ...QUIET }),
    NonFiniteError,
  );
  assertEquals(error.epoch, 0);
  assert(/the weights "(first|second|last)\/(kernel|bias)" of layer/.test(error.message), error.message);
});

Deno.test("no callback and no validation sees weights that are not finite", async () => {
  const model = build(3e38);
  const seen: boolean[] = [];
  await assertRejects(
    () =>
      model.fit(X, Y.map(([y]) => [100 * y]), {
        epochs: 5,
        batchSize: 12,
        callbacks: [{
          onEpochEnd: () => void seen.push(isFinite(model)),
          onTestBegin: () => void seen.push(isFinite(model)),
        }],
        validationSplit: 0.2,
        ...QUIET,
      }),
    NonFiniteError,
  );
  assertEquals(seen.filter((finite) => !finite), []);
});

Deno.test("crossentropies after softmax and sigmoid stay finite for enormous logits", async () => {
  for (
    const [loss, activation, y] of [["binary_crossentropy", "sigmoid", [0, 1]], [
      "sparse_categorical_crossentropy",
      "softmax",
      [0, 1],
    ]] as const
  ) {
    const model = sequential([
      layers.dense({ units: loss[0] === "b" ? 1 : 2, activation, inputShape: [1], useBias: false }),
    ]);
    model.compile({ optimizer: optimizers.sgd({ learningRate: 1 }), loss });
    model.setWeights([loss[0] === "b" ? [[1e30]] : [[1e30, -1e30]]]);
    const { history } = await model.fit([1, -1], [...y], { epochs: 3, ...QUIET });
    assert(history.loss.every(Number.isFinite), String(history.loss));
    assert(isFinite(model));
  }
});
